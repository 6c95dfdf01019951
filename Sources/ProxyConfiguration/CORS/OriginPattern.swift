package import NginxSyntax

/// An origin of web pages, or the origins one label below a name
/// ([RFC 6454](https://www.rfc-editor.org/rfc/rfc6454)).
package enum OriginPattern: Sendable, Hashable {
    /// The origin of pages that have none: sandboxed frames, files, redirects across origins.
    case opaque
    /// A `port` of `nil` is the default port of the scheme.
    case origin(OriginScheme, OriginHost, port: PortNumber?)

    /// A scheme, a host, and a port where it is not the default one.
    package static func pages(of scheme: OriginScheme, at host: OriginHost, port: PortNumber?) -> OriginPattern {
        // Browsers leave the default port out.
        .origin(scheme, host, port: port == scheme.defaultPort ? nil : port)
    }

    /// As `Origin` has it, with `*` for one label: `https://*.shop.example:8443`.
    package var text: String {
        switch self {
        case .opaque: "null"
        case .origin(let scheme, let host, let port):
            "\(scheme.value)://\(host.text)" + (port.map { ":\($0)" } ?? "")
        }
    }

    /// Whether a request's `Origin` names one of these origins, whole and in letters of any case.
    package func matches(_ origin: String) -> Bool {
        let origin = origin.utf8.map(\.asciiLowercased)
        guard case .origin(let scheme, .oneLabel(let parent), let port) = self else {
            return origin.elementsEqual(text.utf8)
        }
        let start = Array("\(scheme.value)://".utf8)
        let end = Array(".\(parent.value)\(port.map { ":\($0)" } ?? "")".utf8)
        guard origin.count > start.count + end.count, origin.starts(with: start), origin.suffix(end.count) == end[...]
        else { return false }
        return origin[start.count..<(origin.count - end.count)].allSatisfy(\.isLabelByte)
    }

    /// A request's `Origin` that is one of these origins.
    package var example: String {
        guard case .origin(let scheme, .oneLabel(let parent), let port) = self else { return text }
        return "\(scheme.value)://one.\(parent.value)" + (port.map { ":\($0)" } ?? "")
    }
}

extension OriginPattern: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// The hosts of an origin.
package enum OriginHost: Sendable, Hashable {
    /// Of schemes whose pages are on no host: `file://`.
    case none
    case name(HostName)
    /// Every host with exactly one label before this name.
    case oneLabel(under: HostName)
    case address(IPAddress)

    var text: String {
        switch self {
        case .none: ""
        case .name(let name): name.value
        case .oneLabel(let parent): "*.\(parent.value)"
        case .address(let address): address.printedForm
        }
    }
}

/// The scheme of an origin, in lower case.
package struct OriginScheme: Sendable, Hashable {
    package let value: String

    /// Returns `nil` unless `value` is a letter, then letters, digits and `+ - .`
    /// ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.1)).
    package init?(_ value: String) {
        let value = value.utf8.map(\.asciiLowercased)
        guard let first = value.first, first.isLowercaseLetter, value.count <= 64 else { return nil }
        guard value.allSatisfy({ $0.isLabelByte || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: ".") })
        else { return nil }
        self.value = String(decoding: value, as: UTF8.self)
    }

    /// The port that its origins do not name; `nil` where there is none.
    var defaultPort: PortNumber? {
        switch value {
        case "http": .http
        case "https": .https
        default: nil
        }
    }

    /// Whether its origins have a host.
    package var needsHost: Bool { defaultPort != nil }
}

extension UInt8 {
    fileprivate var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

    /// A byte of a label, in lower case.
    fileprivate var isLabelByte: Bool {
        isLowercaseLetter || self == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    fileprivate var asciiLowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
