extension DirectiveGrammar {
    /// The directives that say which clients may send requests, and how often.
    static let httpAccess: [DirectiveSyntax] = [
        table(
            module: "http_access_module",
            [
                Row("allow", [.http, .server, .location, .limitExcept], .one),
                Row("deny", [.http, .server, .location, .limitExcept], .one),
            ]
        ),
        table(
            module: "http_auth_basic_module",
            [
                Row("auth_basic", [.http, .server, .location, .limitExcept], .one, .evaluated),
                Row("auth_basic_user_file", [.http, .server, .location, .limitExcept], .one, .evaluated),
            ]
        ),
        table(
            module: "http_auth_request_module",
            [
                Row("auth_request", .httpToLocation, .one, .literal),
                Row("auth_request_set", .httpToLocation, .two, .parameter, .evaluated),
            ]
        ),
        table(
            module: "http_limit_conn_module",
            [
                Row("limit_conn_zone", [.http], .two, .evaluated, .parameter),
                Row("limit_conn", .httpToLocation, .two),
                Row("limit_conn_log_level", .httpToLocation, .one),
                Row("limit_conn_status", .httpToLocation, .one),
                Row("limit_conn_dry_run", .httpToLocation, .one),
            ]
        ),
        table(
            module: "http_limit_req_module",
            [
                Row("limit_req_zone", [.http], .three, .evaluated, .parameter),
                Row("limit_req", .httpToLocation, .oneToThree),
                Row("limit_req_log_level", .httpToLocation, .one),
                Row("limit_req_status", .httpToLocation, .one),
                Row("limit_req_dry_run", .httpToLocation, .one),
            ]
        ),
        table(
            module: "http_realip_module",
            [
                Row("set_real_ip_from", .httpToLocation, .one),
                Row("real_ip_header", .httpToLocation, .one, .literal),
                Row("real_ip_recursive", .httpToLocation, .one),
            ]
        ),
        table(
            module: "http_referer_module",
            [
                Row("valid_referers", [.server, .location], .oneOrMore),
                Row("referer_hash_max_size", [.server, .location], .one),
                Row("referer_hash_bucket_size", [.server, .location], .one),
            ]
        ),
        table(
            module: "http_secure_link_module",
            [
                Row("secure_link", .httpToLocation, .one, .evaluated),
                Row("secure_link_md5", .httpToLocation, .one, .evaluated),
                Row("secure_link_secret", .httpToLocation, .one, .literal),
            ]
        ),
    ].flatMap(\.self)
}
