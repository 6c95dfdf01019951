import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `databases` in `places.tmpl` can name: what is looked up of clients' addresses.
struct GeoDatabaseContext: TemplateContext {
    static let name = "GeoDatabase"

    var content: GeoContent

    static let fields: [TemplateField<Self>] = [.choice("content") { $0.content }]
}

/// The fields that a case of `content` in `places.tmpl` can name.
struct GeoFileContext: TemplateContext {
    static let name = "GeoFile"

    var file: FilePath
    /// How often nginx looks whether the file is another one; `nil` for never.
    var reload: TimeSpan?
    /// Whether no other database has the numbers of networks.
    var numbersNetworks = true
    /// Holds the client's address.
    var address: VariableName

    static let fields: [TemplateField<Self>] = [
        .argument("file") { $0.file },
        .optional("reload") { $0.reload },
        .flag("numbersNetworks") { $0.numbersNetworks },
        .argument("address") { Identifier($0.address) },
    ]
}

/// A database by its kind, for `{% switch content %}` in `places.tmpl`.
struct GeoContent: TemplateChoice, Hashable {
    var kind: GeoDatabase.Kind
    var file: GeoFileContext

    enum Case: String, CaseIterable {
        case country, city, network, provider, connection, anonymity
    }

    static let name = "GeoContent"

    var templateCase: Case {
        switch kind {
        case .country: .country
        case .city: .city
        case .network: .network
        case .provider: .provider
        case .connection: .connection
        case .anonymity: .anonymity
        }
    }

    static func payload(of templateCase: Case) -> TemplatePayload<GeoContent> {
        .record { $0.templateCase == templateCase ? $0.file : nil }
    }
}

extension GeoLookup {
    /// The databases as the template has them.
    ///
    /// - Parameter address: Holds the client's address.
    func contexts(of address: VariableName) -> [GeoDatabaseContext] {
        let hasNumbers = databases.contains { $0.kind == .network }
        return databases.map { database in
            let file = GeoFileContext(
                file: database.file,
                reload: reload,
                numbersNetworks: !hasNumbers,
                address: address
            )
            return GeoDatabaseContext(content: GeoContent(kind: database.kind, file: file))
        }
    }
}
