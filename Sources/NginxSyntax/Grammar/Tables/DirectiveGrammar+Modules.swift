extension DirectiveGrammar {
    /// The directives of modules that are none of nginx's own.
    static let modules: [DirectiveSyntax] = [
        table(
            module: "http_brotli_filter_module",
            [
                Row("brotli", .httpToIf, .one),
                Row("brotli_comp_level", .httpToLocation, .one),
                Row("brotli_min_length", .httpToLocation, .one),
                Row("brotli_types", .httpToLocation, .oneOrMore, .literal),
            ]
        ),
        table(
            module: "http_geoip2_module",
            [
                Row("geoip2", [.http], .one, .literal, opens: .geoip2),
                // The word of its body, beside variables.
                Row("auto_reload", [.geoip2], .one),
            ]
        ),
    ].flatMap(\.self)
}
