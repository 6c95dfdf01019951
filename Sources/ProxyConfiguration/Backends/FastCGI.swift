package import NginxSyntax

/// The parameters of an Ingress's backends that speak FastCGI, beside those of all.
package struct FastCGI: Sendable, Hashable {
    /// The file that serves a path with a final slash; `nil` for none.
    package var index: Text?
    /// In place of parameters of the same name that all are told.
    package var parameters: FastCGIParameters

    package init(index: Text? = nil, parameters: FastCGIParameters = FastCGIParameters()) {
        self.index = index
        self.parameters = parameters
    }
}

/// The variables of the environment of a program that FastCGI asks.
///
/// nginx drops all that a block inherits as soon as it sets one, so that these are one value, printed whole.
package struct FastCGIParameters: Sendable, Hashable {
    /// In the order of the file, no name twice.
    package private(set) var parameters: [FastCGIParameter]

    package init(_ parameters: [FastCGIParameter] = []) {
        self.parameters = []
        for parameter in parameters { set(parameter) }
    }

    package var isEmpty: Bool { parameters.isEmpty }

    /// Sets a parameter, in place of what it was set to before.
    package mutating func set(_ parameter: FastCGIParameter) {
        if let index = parameters.firstIndex(where: { $0.name == parameter.name }) {
            parameters[index] = parameter
        } else {
            parameters.append(parameter)
        }
    }

    /// These with others, which win where both set a parameter.
    package func overridden(by others: FastCGIParameters) -> FastCGIParameters {
        var result = self
        for parameter in others.parameters { result.set(parameter) }
        return result
    }
}

/// A variable of the environment.
package struct FastCGIParameter: Sendable, Hashable {
    package var name: Identifier
    package var value: Expression
    /// Whether a backend is not told it where it has no value.
    package var isLeftOutIfEmpty: Bool

    package init(_ name: Identifier, _ value: Expression, isLeftOutIfEmpty: Bool = false) {
        self.name = name
        self.value = value
        self.isLeftOutIfEmpty = isLeftOutIfEmpty
    }
}
