// Start Swagger UI with the document that the page carries.
'use strict';

(() => {
  const container = document.getElementById('swagger-app');
  const schema = document.getElementById('swagger-schema');

  // An empty table of schemes would show a button that authorizes nothing.
  const readDocument = () => {
    const read = JSON.parse(schema.textContent);
    const schemes = read.components?.securitySchemes ?? {};
    if (Object.keys(schemes).length === 0) {
      delete read.components?.securitySchemes;
    }
    return read;
  };

  // Logging in changes the token, so the cookie knows better than the page.
  // Scripts cannot read it everywhere.
  const csrfToken = () => {
    const start = `${container.dataset.csrfCookie}=`;
    const cookie = document.cookie
      .split('; ')
      .find((one) => one.startsWith(start));
    return cookie?.slice(start.length) || container.dataset.csrfToken;
  };

  // The token is a secret of this site: no other site gets it.
  const addCsrfToken = (request) => {
    const url = new URL(request.url, window.location.href);
    if (url.origin === window.location.origin) {
      request.headers[container.dataset.csrfHeader] = csrfToken();
    }
    return request;
  };

  window.SwaggerUIBundle({
    domNode: container,
    spec: readDocument(),
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
