{{> head}}

CREATE SCHEMA {{object.name | identifier}}{{#role}} AUTHORIZATION {{role | identifier}}{{/role}};
