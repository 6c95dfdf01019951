import NginxSyntax
import ProxyConfiguration

extension SharedDeclaration {
    /// Where redirects to HTTPS lead.
    static let httpsURI = SharedDeclaration(
        .httpsURI,
        of: .httpsRedirect,
        as: .httpsURI,
        comment: CommentText(known: "A redirect to HTTPS leads to the same URL without a final slash.")
    )
}

extension Location {
    /// Whether it redirects to the request's URL without a final slash.
    var cutsSlash: Bool {
        if case .fixedRedirect(let redirect) = action { return redirect.target.parts.contains(.variable(.httpsURI)) }
        return httpsRedirect.map { !$0.keepsSlash } ?? false
    }
}
