import Commands
import Foundation
import NginxControl
import NginxSyntax
import TestSupport

/// An nginx newer than that of the machine, as `make newer` fetches it and names it.
enum NewerNginx {
    static let program = ProcessInfo.processInfo.environment["POSTERN_NEWER_NGINX"].map(Tool.init(at:))

    /// The abilities of that nginx, which is the first in `PATH`; `nil` where none is named.
    static var capabilities: NginxCapabilities? {
        get async { program == nil ? nil : await NginxProgram()?.capabilities() }
    }
}

extension Fixture {
    /// Whether its nginx looks endpoints up, as none before 1.27.3 does.
    var needsNewerNginx: Bool {
        get throws { try arguments.contains("--endpoints=dns") }
    }

    private var servesStreams: Bool {
        get throws {
            let options = ["--tcp-services-configmap", "--udp-services-configmap", "--enable-ssl-passthrough"]
            return try arguments.contains { argument in options.contains { argument.hasPrefix($0) } }
        }
    }

    /// The stages for the nginx that tests run, which may be a newer one.
    var livePipeline: Pipeline {
        get async throws {
            let newer = await NewerNginx.capabilities
            guard try newer != nil || !needsNewerNginx else {
                // What such an nginx is able to is left out for that of the machine.
                let others = try arguments.filter {
                    !$0.hasPrefix("--endpoints=") && !$0.hasPrefix("--nginx-version=")
                }
                return try await FixturePipelines.shared.pipeline(for: others)
            }
            // The module for TCP and UDP is one to be loaded in most packages.
            let ownCapabilities = try servesStreams && newer == nil ? await NginxProgram()?.capabilities() : nil
            return try await FixturePipelines.shared.pipeline(for: arguments, on: newer ?? ownCapabilities)
        }
    }
}
