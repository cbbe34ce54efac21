// Start Stoplight Elements with the document that the page carries.
'use strict';

(() => {
  const container = document.getElementById('stoplight-app');
  const schema = document.getElementById('stoplight-schema');
  const element = document.createElement('elements-api');

  element.setAttribute('router', 'hash');
  element.setAttribute('layout', 'sidebar');
  element.setAttribute('tryItCredentialsPolicy', 'same-origin');
  // Text is taken as it is, an object would have to be its own format.
  element.apiDescriptionDocument = schema.textContent;
  container.append(element);
})();
