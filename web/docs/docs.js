// Shows the API's own document with Swagger UI. The key is kept for this tab only.
window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  filter: true,
  persistAuthorization: false,
  tagsSorter: 'alpha',
  // Its own badge would ask another site.
  validatorUrl: null,
})
