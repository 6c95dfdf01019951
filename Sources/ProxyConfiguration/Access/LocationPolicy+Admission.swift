import NginxSyntax

extension LocationPolicy {
    /// The result of its guards, before a request is passed on.
    enum Admission: Hashable {
        case refused
        /// The request brings no name and no password.
        case unauthorized
        /// Whether the password is that of the user, no model knows.
        case undecided
        case admitted
        /// The service decides.
        case asked(Authentication.Service)
    }

    /// In the order of nginx: the client's address, the password, the service.
    func admission(of request: Request) -> Admission {
        let verdict = request.client.flatMap { access?.verdict(on: $0) } ?? .isSilent
        if admitsByOneGuard { return admissionByOne(of: request, verdict) }
        if verdict == .denies { return .refused }
        if passwords != nil, !request.isAdmitted { return request.bringsPassword ? .undecided : .unauthorized }
        return authentication.map { .asked($0.service) } ?? .admitted
    }

    private func admissionByOne(of request: Request, _ verdict: AccessPolicy.Verdict) -> Admission {
        if verdict == .allows { return .admitted }
        let isChecked = passwords != nil && !request.isAdmitted
        if isChecked, request.bringsPassword { return .undecided }
        if let service = authentication?.service { return .asked(service) }
        if isChecked { return .unauthorized }
        return verdict == .denies ? .refused : .admitted
    }
}

extension Request {
    /// Whether it brings a name and a password, be they known or not.
    fileprivate var bringsPassword: Bool {
        (headers["authorization"] ?? "").utf8.count > "Basic ".utf8.count
    }
}
