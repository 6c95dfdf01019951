import NginxSyntax

extension SharedDeclaration {
    /// The file to which the link leads that is the server's certificate: for each handshake nginx finds out once, and
    /// reads both the certificate and its key there.
    ///
    /// No other variable follows a link. It is not of the request, so that nothing of what a client sends is in it.
    static let certificateFile = SharedDeclaration(
        .map(MapContext(.empty, [(.fallback, Expression(VariableName(known: "realpath_root")))])),
        of: .certificates,
        as: VariableName(known: "certificate_file"),
        comment: CommentText(known: "The certificate with its key, as it is when a client comes.")
    )
}
