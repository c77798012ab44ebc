DROP EXTENSION {{extension | identifier}};
