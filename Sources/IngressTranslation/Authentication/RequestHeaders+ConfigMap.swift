import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension RequestHeaders {
    /// The headers that a ConfigMap holds: a name and a value for each key.
    ///
    /// Values may name variables that can hold no line breaks; all else of them is text.
    init(reading map: ConfigMap) throws(ValueError) {
        var headers: [RequestHeader] = []
        for (key, value) in map.data.sorted(by: { $0.key < $1.key }) {
            do throws(ValueError) {
                let name = try HeaderName(setting: key)
                let parts = try Expression.parts(of: value, .ofHeaders) { (0x20..<0x7F).contains($0) }
                guard let expression = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
                headers.append(RequestHeader(name, expression))
            } catch {
                throw ValueError(reason: "'\(key.excerpt)' \(error.reason)")
            }
        }
        self.init(headers)
    }
}
