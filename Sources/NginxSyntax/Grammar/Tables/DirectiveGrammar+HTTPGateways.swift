extension DirectiveGrammar {
    /// The directives of gateway modules that a configuration needs even where it passes nothing to one: their folders,
    /// which an ordinary user's nginx cannot make in the places that are built in.
    static let httpGateways: [DirectiveSyntax] = [
        table(module: "http_uwsgi_module", [Row("uwsgi_temp_path", .httpToLocation, .oneToFour)]),
        table(module: "http_scgi_module", [Row("scgi_temp_path", .httpToLocation, .oneToFour)]),
    ].flatMap(\.self)
}
