// Start Stoplight Elements with the document that the page carries.
'use strict';

(() => {
  const container = document.getElementById('stoplight-app');
  const schema = document.getElementById('stoplight-schema');
  const element = document.createElement('elements-api');

  element.setAttribute('router', 'hash');
  element.setAttribute('layout', 'sidebar');
  element.setAttribute('tryItCredentialsPolicy', 'same-origin');
  element.apiDescriptionDocument = JSON.parse(schema.textContent);
  container.append(element);
})();
