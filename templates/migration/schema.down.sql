DROP SCHEMA {{object.name | identifier}};
