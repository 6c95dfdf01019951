/// Which other backend sees a copy of each request.
enum Mirror {
    static let settings: [Setting] = [
        .unsupported("mirror-host", from: .annotation, "Sets the header Host of copied requests."),
        .unsupported("mirror-request-body", from: .annotation, "Copies the bodies of requests as well."),
        .unsupported("mirror-target", from: .annotation, "Sends a copy of each request to this URL."),
    ]
}
