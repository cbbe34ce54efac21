// Start Redoc with the document that the page carries.
'use strict';

(() => {
  const container = document.getElementById('redoc-app');
  const schema = document.getElementById('redoc-schema');

  window.Redoc.init(
    JSON.parse(schema.textContent),
    { sanitize: true, hideDownloadButtons: false },
    container,
  );
})();
