// Start Swagger UI with the document that the page carries.
'use strict';

(() => {
  const container = document.getElementById('swagger-app');
  const schema = document.getElementById('swagger-schema');

  // The token is a secret of this site: no other site gets it.
  const addCsrfToken = (request) => {
    const url = new URL(request.url, window.location.href);
    if (url.origin === window.location.origin) {
      request.headers[container.dataset.csrfHeader] =
        container.dataset.csrfToken;
    }
    return request;
  };

  window.SwaggerUIBundle({
    domNode: container,
    spec: JSON.parse(schema.textContent),
    presets: [
      window.SwaggerUIBundle.presets.apis,
      window.SwaggerUIStandalonePreset,
    ],
    layout: 'BaseLayout',
    deepLinking: true,
    persistAuthorization: false,
    queryConfigEnabled: false,
    validatorUrl: null,
    oauth2RedirectUrl: new URL(
      container.dataset.oauth2Redirect,
      window.location.href,
    ).href,
    requestInterceptor: addCsrfToken,
  });
})();
