extension DirectiveGrammar {
    /// The directives that make or change the content of responses.
    static let httpContent: [DirectiveSyntax] = [
        table(
            module: "http_addition_module",
            [
                Row("add_before_body", .httpToLocation, .one, .literal),
                Row("add_after_body", .httpToLocation, .one, .literal),
                Row("addition_types", .httpToLocation, .oneOrMore, .literal),
            ]
        ),
        table(
            module: "http_autoindex_module",
            [
                Row("autoindex", .httpToLocation, .one),
                Row("autoindex_format", .httpToLocation, .one),
                Row("autoindex_localtime", .httpToLocation, .one),
                Row("autoindex_exact_size", .httpToLocation, .one),
            ]
        ),
        table(
            module: "http_charset_module",
            [
                Row("charset", .httpToIf, .one, .evaluated),
                Row("source_charset", .httpToIf, .one, .evaluated),
                Row("override_charset", .httpToIf, .one),
                Row("charset_types", .httpToLocation, .oneOrMore, .literal),
            ]
        ),
        table(
            module: "http_empty_gif_module",
            [
                Row("empty_gif", [.location], .none)
            ]
        ),
        table(
            module: "http_gunzip_module",
            [
                Row("gunzip", .httpToLocation, .one),
                Row("gunzip_buffers", .httpToLocation, .two),
            ]
        ),
        table(
            module: "http_gzip_module",
            [
                Row("gzip", .httpToIf, .one),
                Row("gzip_buffers", .httpToLocation, .two),
                Row("gzip_types", .httpToLocation, .oneOrMore, .literal),
                Row("gzip_comp_level", .httpToLocation, .one),
                Row("gzip_window", .httpToLocation, .one),
                Row("gzip_hash", .httpToLocation, .one),
                Row("postpone_gzipping", .httpToLocation, .one),
                Row("gzip_no_buffer", .httpToLocation, .one),
                Row("gzip_min_length", .httpToLocation, .one),
            ]
        ),
        table(
            module: "http_gzip_static_module",
            [
                Row("gzip_static", .httpToLocation, .one)
            ]
        ),
        table(
            module: "http_mirror_module",
            [
                Row("mirror", .httpToLocation, .one, .literal),
                Row("mirror_request_body", .httpToLocation, .one),
            ]
        ),
        table(
            module: "http_slice_module",
            [
                Row("slice", .httpToLocation, .one)
            ]
        ),
        table(
            module: "http_stub_status_module",
            [
                Row("stub_status", [.server, .location], .oneAtMost)
            ]
        ),
        table(
            module: "http_sub_module",
            [
                Row("sub_filter", .httpToLocation, .two, .evaluated),
                Row("sub_filter_types", .httpToLocation, .oneOrMore, .literal),
                Row("sub_filter_once", .httpToLocation, .one),
                Row("sub_filter_last_modified", .httpToLocation, .one),
            ]
        ),
    ].flatMap(\.self)
}
