extension DirectiveGrammar {
    /// The directives that compute variables, and those that rewrite requests by them.
    static let httpVariables: [DirectiveSyntax] = [
        table(
            module: "http_rewrite_module",
            [
                Row(
                    "rewrite",
                    [.server, .location, .ifInServer, .ifInLocation],
                    .twoOrThree,
                    .regularExpression,
                    .evaluated,
                    .parameter
                ),
                Row("return", [.server, .location, .ifInServer, .ifInLocation], .oneOrTwo, reads: .status),
                Row("break", [.server, .location, .ifInServer, .ifInLocation], .none),
                Row("if", [.server], .oneOrMore, reads: .condition, opens: .ifInServer),
                Row("if", [.location], .oneOrMore, reads: .condition, opens: .ifInLocation),
                Row("set", [.server, .location, .ifInServer, .ifInLocation], .two, .parameter, .evaluated),
                Row("rewrite_log", [.http, .server, .location, .ifInServer, .ifInLocation], .one),
                Row("uninitialized_variable_warn", [.http, .server, .location, .ifInServer, .ifInLocation], .one),
            ]
        ),
        table(
            module: "http_map_module",
            [
                Row("map", [.http], .two, .evaluated, .parameter, opens: .map),
                Row("map_hash_max_size", [.http], .one),
                Row("map_hash_bucket_size", [.http], .one),
                // The words of its body, beside any key.
                Row("default", [.map], .one, .evaluated),
                Row("hostnames", [.map], .none),
                Row("volatile", [.map], .none),
            ]
        ),
        table(
            module: "http_geo_module",
            [
                Row("geo", [.http], .oneOrTwo, opens: .geo),
                // The words of its body, beside any network.
                Row("default", [.geo], .one, .literal),
                Row("delete", [.geo], .one),
                Row("proxy", [.geo], .one),
                Row("proxy_recursive", [.geo], .none),
                Row("ranges", [.geo], .none),
            ]
        ),
        table(
            module: "http_split_clients_module",
            [
                Row("split_clients", [.http], .two, .evaluated, .parameter, opens: .splitClients)
            ]
        ),
        table(
            module: "http_userid_module",
            [
                Row("userid", .httpToLocation, .one),
                Row("userid_service", .httpToLocation, .one),
                Row("userid_name", .httpToLocation, .one, .literal),
                Row("userid_domain", .httpToLocation, .one, .literal),
                Row("userid_path", .httpToLocation, .one, .literal),
                Row("userid_expires", .httpToLocation, .one),
                Row("userid_flags", .httpToLocation, .oneToThree, since: NginxVersion(1, 19, 3)),
                Row("userid_p3p", .httpToLocation, .one, .literal),
                Row("userid_mark", .httpToLocation, .one),
            ]
        ),
    ].flatMap(\.self)
}
