import NginxSyntax

extension SharedDeclaration {
    /// Where redirects to HTTPS lead.
    static let httpsURI = SharedDeclaration(
        .httpsURI,
        of: .httpsRedirect,
        as: VariableName(known: "https_uri"),
        comment: CommentText(known: "A redirect to HTTPS leads to the same URL without a final slash.")
    )
}
