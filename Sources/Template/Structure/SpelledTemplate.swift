/// A template whose directives have been read.
struct SpelledTemplate: Sendable {
    let source: SourceText
    let statements: [Statement]
    let holes: [Int: ArgumentType]
}
