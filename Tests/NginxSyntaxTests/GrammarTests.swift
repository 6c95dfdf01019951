import NginxSyntax
import Testing

@Suite struct GrammarTests {
    @Test(arguments: [
        ("server", DirectiveContext.http, DirectiveContext?.some(.server)), ("server", .upstream, nil),
        ("server", .stream, .streamServer), ("upstream", .http, .upstream), ("if", .server, .ifInServer),
        ("if", .location, .ifInLocation), ("location", .location, .location), ("map", .stream, .map),
        ("types", .http, .types),
        ("listen", .server, nil),
    ])
    func `a name means what its block makes of it`(
        _ name: String,
        _ context: DirectiveContext,
        _ opens: DirectiveContext?
    ) throws {
        let directive = try #require(DirectiveGrammar.directive(named: name, in: context))
        #expect(directive.opens == opens)
    }

    @Test(arguments: [
        ("listen", DirectiveContext.http), ("proxy_pass", .server), ("server", .location), ("set", .http),
        ("events", .http), ("nonsense", .http), ("default", .http),
    ])
    func `knows where a directive may not stand`(_ name: String, _ context: DirectiveContext) {
        #expect(DirectiveGrammar.directive(named: name, in: context) == nil)
    }

    @Test(arguments: [
        ("location", [ArgumentPlace.locationMatch, .locationMatch]),
        ("rewrite", [.regularExpression, .evaluated, .parameter]),
        ("set", [.parameter, .evaluated]), ("map", [.evaluated, .parameter]),
        ("proxy_set_header", [.literal, .evaluated]),
        ("add_header", [.literal, .evaluated, .parameter]), ("proxy_pass", [.evaluated]), ("return", [.evaluated]),
        ("return", [.parameter, .evaluated]), ("server_name", [.serverName, .serverName]),
        ("ssl_certificate", [.evaluated]),
        ("access_log", [.evaluated, .parameter]), ("log_format", [.literal, .evaluated, .evaluated]),
        ("error_page", [.parameter, .parameter, .evaluated]), ("listen", [.parameter, .parameter]),
    ])
    func `knows how each argument is read`(_ name: String, _ places: [ArgumentPlace]) throws {
        let directive = try #require(DirectiveGrammar.directive(named: name))
        let arguments = [String?](repeating: nil, count: places.count)
        let read = places.indices.map {
            directive.place(ofArgument: $0, of: places.count, literalArguments: arguments)
        }
        #expect(read == places)
    }

    @Test(arguments: [
        (["($host", "=", nil, ")"], 2, ArgumentPlace.evaluated), (["($host", "~*", nil, ")"], 2, .regularExpression),
        (["(", "$host", "!=", nil, ")"], 3, .evaluated), (["(-f", nil, ")"], 1, .evaluated), ([nil], 0, .parameter),
        (["(", nil, ")"], 1, .parameter), (["($host", nil, "a)"], 1, .parameter),
        (["($host", nil, nil, ")"], 2, .parameter),
    ])
    func `the operator of a condition decides how its value is read`(
        _ arguments: [String?],
        _ index: Int,
        _ place: ArgumentPlace
    ) throws {
        let directive = try #require(DirectiveGrammar.directive(named: "if"))
        #expect(directive.place(ofArgument: index, of: arguments.count, literalArguments: arguments) == place)
    }

    @Test func `each kind stands only where it means nothing else than what it holds`() {
        #expect(places(accepting: .text) == [.literal])
        #expect(places(accepting: .expression) == [.evaluated])
        #expect(places(accepting: .regularExpression) == [.regularExpression])
        #expect(places(accepting: .locationMatch) == [.locationMatch])
        #expect(places(accepting: .serverName) == [.serverName])
        #expect(places(accepting: .mapKey) == [.mapKey])
        #expect(places(accepting: .comment) == [])
        #expect(places(accepting: .identifier) == [.literal, .evaluated, .parameter])
    }

    @Test func `no place that takes text brings a variable to life in nginx`() throws {
        for directive in directivesOfThisBuild() where directive.opens == nil {
            let total = directive.argumentCount.lowerBound
            let places = (0..<total).map {
                directive.place(ofArgument: $0, of: total, literalArguments: [String?](repeating: nil, count: total))
            }
            guard places.contains(.literal), let context = directive.contexts.min(by: isOuter) else { continue }
            let arguments = places.map { $0 == .literal ? "$no_such_variable" : "1" }.joined(separator: " ")
            let said = try Nginx.test(inside(context, "\(directive.name) \(arguments);")).output
            #expect(!said.contains("unknown \"no_such_variable\" variable"), "\(directive.name): \(said)")
            #expect(!said.contains("unknown directive"), "\(directive.name): \(said)")
        }
    }

    @Test(arguments: [
        "return http://$x;", "return 200 $x;", "add_header a $x;",
        "proxy_set_header a $x; proxy_pass http://127.0.0.1;",
        "proxy_pass http://$x;", "root $x;", "rewrite ^ $x;", "set $y $x;", "auth_basic $x;", "sub_filter a $x;",
        "error_page 404 $x;", "try_files $x =404;", "expires $x;", "limit_rate $x;", "access_log $x;", "index $x;",
        "proxy_redirect $x a; proxy_pass http://127.0.0.1;", "proxy_cookie_path a $x;", "proxy_bind $x;",
        "auth_request_set $y $x;", "proxy_ssl_name $x; proxy_pass https://127.0.0.1;", "charset $x;",
        "proxy_cache_bypass $x;", "fastcgi_param a $x; fastcgi_pass 127.0.0.1:1;",
        "grpc_set_header a $x; grpc_pass 127.0.0.1:1;",
    ])
    func `what nginx evaluates takes no text`(_ source: String) throws {
        let configuration = inside(.location, source.replacing("$x", with: "$no_such_variable"))
        let said = try Nginx.test(configuration).output
        #expect(said.contains("unknown \"no_such_variable\" variable"), "\(said)")
        let directive = try #require(try parsed(source).first { $0.arguments.contains { $0.contains("$x") } })
        let syntax = try #require(DirectiveGrammar.directive(named: directive.name, in: .location))
        let index = try #require(directive.arguments.firstIndex { $0.contains("$x") })
        let place = syntax.place(
            ofArgument: index,
            of: directive.arguments.count,
            literalArguments: directive.arguments.map { $0.contains("$x") ? nil : $0 }
        )
        #expect(place == .evaluated)
    }

    @Test func `a free-form body has entries of its own`() {
        #expect(DirectiveContext.map.entry?.key == .mapKey)
        #expect(DirectiveContext.map.entry?.values == .evaluated)
        #expect(DirectiveContext.geo.entry?.values == .literal)
        #expect(DirectiveContext.server.entry == nil)
        #expect(DirectiveGrammar.directive(named: "default", in: .map)?.argumentCount == 1...1)
    }

    private func places(accepting kind: ArgumentKind) -> [ArgumentPlace] {
        [.literal, .evaluated, .regularExpression, .locationMatch, .serverName, .mapKey, .parameter]
            .filter { $0.accepts(kind) }
    }

    private func directivesOfThisBuild() -> [DirectiveSyntax] {
        let build = (try? Command.run("nginx", ["-V"]).output).flatMap(NginxCapabilities.init(versionOutput:))
        return DirectiveGrammar.all.filter { directive in
            guard let build, build.supports(directive) else { return false }
            // Modules to be loaded are not installed everywhere.
            return !directive.contexts.contains { $0.rawValue.hasPrefix("stream") || $0.entry != nil }
        }
    }

    private func isOuter(_ left: DirectiveContext, _ right: DirectiveContext) -> Bool {
        let order = DirectiveContext.allCases
        return order.firstIndex(of: left) ?? 0 < order.firstIndex(of: right) ?? 0
    }

    private func inside(_ context: DirectiveContext, _ source: String) -> String {
        switch context {
        case .main: "events {}\n\(source)"
        case .events: "events { \(source) }"
        case .http: "events {}\nhttp { \(source) }"
        case .server: "events {}\nhttp { server { listen 8080; \(source) } }"
        case .upstream: "events {}\nhttp { upstream u { server 127.0.0.1; \(source) } }"
        default: "events {}\nhttp { server { listen 8080; location / { \(source) } } }"
        }
    }
}
