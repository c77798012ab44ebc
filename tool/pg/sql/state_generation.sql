SELECT generation FROM {state} WHERE service_name = $1
