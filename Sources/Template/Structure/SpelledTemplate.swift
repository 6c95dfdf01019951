import NginxSyntax

/// A template whose directives have been read.
struct SpelledTemplate: Sendable {
    let source: SourceText
    let statements: [Statement]
    /// The type of the hole at an offset; absent where that is an error.
    let holes: [Int: ArgumentType]
    /// Where the includes stand whose template fits their record.
    let includes: Set<Int>
    /// The block that the directives of a `settings` at an offset are for; absent where that is an error.
    let settings: [Int: DirectiveContext]
}
