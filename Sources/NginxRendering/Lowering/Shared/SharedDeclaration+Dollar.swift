import NginxSyntax

extension SharedDeclaration {
    /// The variable that stands for a dollar sign in texts of users.
    static let dollar = SharedDeclaration(
        .constant(Text(known: "$")),
        of: .dollar,
        as: Expression.dollarVariable,
        comment: CommentText(known: "A '$' that starts no variable.")
    )
}
