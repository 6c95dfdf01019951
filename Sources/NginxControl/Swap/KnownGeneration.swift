import IngressTranslation
import NginxRendering
import ProxyConfiguration

/// A generation that nginx serves, as far as it is compared with what is to serve next.
struct KnownGeneration: Sendable {
    let id: String
    /// As it was translated, whatever of endpoints is written in it.
    let configuration: Configuration
    let written: WrittenEndpoints
    /// The files that can be replaced without a reload.
    let liveFiles: [Generation.File]

    init(_ generation: Generation, of translation: Translation, _ written: WrittenEndpoints) {
        id = generation.id
        configuration = translation.configuration
        self.written = written
        liveFiles = generation.files.filter(\.isLive)
    }
}

extension Configuration {
    /// Whether another configuration needs no proof after this one: there is nothing to prove about passwords.
    func differsInPasswordsAlone(from other: Configuration) -> Bool {
        // Nearly always none has changed, or there is none.
        guard privateFiles != other.privateFiles,
            privateFiles.filter({ $0.kind != .passwordFile }) == other.privateFiles.filter({ $0.kind != .passwordFile })
        else { return false }
        var same = other
        same.privateFiles = privateFiles
        return same == self
    }
}
