// Start Scalar with the document that the page carries.
'use strict';

(() => {
  const schema = document.getElementById('scalar-schema');

  // Everything that would talk to Scalar's own servers is off.
  window.Scalar.createApiReference('#scalar-app', {
    content: JSON.parse(schema.textContent),
    agent: { disabled: true },
    mcp: { disabled: true },
    hideClientButton: true,
    proxyUrl: '',
    showDeveloperTools: 'never',
    telemetry: false,
    withDefaultFonts: false,
  });
})();
