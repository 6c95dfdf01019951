package import NginxSyntax

/// The steps by which nginx decides about a request, in their order, before it looks at who sends it.
///
/// It has the variables of its own: none of their names is that of another script's.
package struct RequestScript: Sendable, Hashable {
    /// The variables that steps and answers set; each is empty until then.
    package var variables: [VariableName] = []
    package var steps: [RequestStep] = []
    /// The parts of the answer of a service that is asked about requests.
    package var answers: [Answer] = []
    /// Variables in place of a backend's headers.
    package var replacements: [Replacement] = []
    /// The cookies of that service's answer behind the first one.
    package var laterCookies: [LaterCookie] = []
    /// The parts of the Ingress that headers or steps name.
    package var parts: [LogVariable] = []

    package init() {}

    package var isEmpty: Bool { self == RequestScript() }

    /// A variable that holds a part of the answer of the service that is asked.
    package struct Answer: Sendable, Hashable {
        package var variable: VariableName
        /// The part, in a variable of nginx.
        package var value: VariableName

        package init(_ variable: VariableName, _ value: VariableName) {
            (self.variable, self.value) = (variable, value)
        }
    }

    /// A cookie that clients get with the attributes of the first one: versions of nginx that know but the first header of
    /// an answer know the values of the others alone.
    package struct LaterCookie: Sendable, Hashable {
        package var name: CookieName
        package var value: VariableName
        /// Holds the whole header.
        package var header: VariableName

        package init(_ name: CookieName, _ value: VariableName, as header: VariableName) {
            (self.name, self.value, self.header) = (name, value, header)
        }
    }

    /// A variable that holds the text of another one, or what a backend says in a header where that is empty.
    package struct Replacement: Sendable, Hashable {
        package var variable: VariableName
        package var text: VariableName
        package var header: HeaderName

        package init(_ variable: VariableName, holding text: VariableName, orElse header: HeaderName) {
            (self.variable, self.text, self.header) = (variable, text, header)
        }
    }

    /// Both, one behind the other.
    package func followed(by other: RequestScript) -> RequestScript {
        guard !other.isEmpty else { return self }
        var result = self
        for name in other.variables where !result.variables.contains(name) { result.variables.append(name) }
        result.steps += other.steps
        result.answers += other.answers.filter { !answers.contains($0) }
        result.laterCookies += other.laterCookies.filter { !laterCookies.contains($0) }
        result.parts = LogVariable.allCases.filter { parts.contains($0) || other.parts.contains($0) }
        result.replacements += other.replacements.filter { !replacements.contains($0) }
        return result
    }

    /// The texts with variables that it brings into the configuration.
    package var expressions: [Expression] {
        steps.flatMap { step in
            switch step {
            case .act(let act): act.expressions
            case .test(let test, let acts):
                [test.comparison.expression].compactMap(\.self) + acts.flatMap(\.expressions)
            }
        }
    }
}

/// One step of a script.
package enum RequestStep: Sendable, Hashable {
    case act(RequestAct)
    /// What is done about requests that meet a condition.
    case test(RequestTest, [RequestAct])
}

package enum RequestAct: Sendable, Hashable {
    case set(VariableName, Expression)
    /// Ends the request with a status, and a text where there is one.
    case answer(StatusCode, TextLines?)
    case redirect(StatusCode, to: Expression)
    case rewrite(PathRewrite)
    /// Leaves out what follows in the block.
    case stop

    /// The texts with variables that it brings into the configuration.
    package var expressions: [Expression] {
        switch self {
        case .set(_, let value), .redirect(_, to: let value): [value]
        case .answer(_, let text): text?.lines ?? []
        case .rewrite(let rewrite): [rewrite.target]
        case .stop: []
        }
    }
}

/// A condition of a script: a variable, and what its text is compared with.
package struct RequestTest: Sendable, Hashable {
    package var variable: VariableName
    package var comparison: Comparison

    package init(_ variable: VariableName, _ comparison: Comparison) {
        (self.variable, self.comparison) = (variable, comparison)
    }

    package enum Comparison: Sendable, Hashable {
        /// Neither empty nor `0`.
        case isSet
        case equals(Expression)
        case differs(Expression)
        case matches(RegularExpression, ignoresCase: Bool)
        case matchesNot(RegularExpression, ignoresCase: Bool)

        /// The text with variables that it brings into the configuration.
        package var expression: Expression? {
            switch self {
            case .equals(let text), .differs(let text): text
            case .isSet, .matches, .matchesNot: nil
            }
        }
    }
}

/// A change of the path by a regular expression, as nginx's directive `rewrite` has it.
package struct PathRewrite: Sendable, Hashable {
    /// Matched anywhere in the decoded path.
    package var pattern: RegularExpression
    /// The new path, with a query behind a `?`, or a URL; the request's query follows unless it ends with `?`.
    package var target: Expression
    package var then: Consequence

    package init(_ pattern: RegularExpression, to target: Expression, then: Consequence) {
        (self.pattern, self.target, self.then) = (pattern, target, then)
    }

    package enum Consequence: String, Sendable, Hashable, CaseIterable {
        /// The next step has its turn; a location is looked for once there is none.
        case next
        /// Another location is looked for.
        case last
        /// The request is passed on.
        case `break`
        case redirect
        case permanent
    }
}
