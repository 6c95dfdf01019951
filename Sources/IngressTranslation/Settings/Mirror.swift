/// Which other backend sees a copy of each request.
enum Mirror {
    static let settings: [Setting] = [
        .unsupported("mirror-host", because: .copies, from: .annotation, "Sets the header Host of copied requests."),
        .unsupported(
            "mirror-request-body",
            because: .copies,
            from: .annotation,
            "Copies the bodies of requests as well."
        ),
        .unsupported("mirror-target", because: .copies, from: .annotation, "Sends a copy of each request to this URL."),
    ]
}

extension UnsupportedSetting.Reason {
    fileprivate static let copies = notRead(wouldNeed: "nginx's module mirror, and a location for the copies")
}
