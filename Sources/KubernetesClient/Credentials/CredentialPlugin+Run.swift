import Diagnostics
import Foundation
import Subprocess
import SystemPackage

extension CredentialPlugin {
    /// Runs the program without a terminal and reads what it prints.
    func run(within limit: Duration = .seconds(60)) async throws(APIError) -> PluginCredentials {
        let outcome: ExecutionOutcome
        do {
            outcome = try await withDeadline(limit) { try await start() }
        } catch let error as APIError {
            throw error
        } catch {
            let hint = installHint.map { "; \($0.printable)" } ?? ""
            throw .unusable("\(command.printable), which is to give credentials, cannot be run: \(error)\(hint)")
        }
        guard outcome.succeeded else {
            let lines = outcome.errors.split(whereSeparator: \.isNewline)
            let last = lines.last.map { ": \($0.printable)" } ?? ""
            throw .unusable("\(command.printable), which is to give credentials, failed\(last)")
        }
        return try PluginCredentials(outcome.output, of: self)
    }

    private struct ExecutionOutcome: Sendable {
        var succeeded: Bool
        var output: [UInt8]
        var errors: String
    }

    private func start() async throws -> ExecutionOutcome {
        var variables: [Environment.Key: String?] = ["KUBERNETES_EXEC_INFO": info]
        for (name, value) in environment {
            variables[Environment.Key(stringLiteral: name)] = String(decoding: value.bytes, as: UTF8.self)
        }
        let result = try await Subprocess.run(
            command.contains("/") ? .path(FilePath(command)) : .name(command),
            arguments: Arguments(arguments),
            environment: .inherit.updating(variables),
            input: .none,
            output: .bytes(limit: 1 << 20),
            error: .bytes(limit: 1 << 16)
        )
        return ExecutionOutcome(
            succeeded: result.terminationStatus.isSuccess,
            output: result.standardOutput,
            errors: String(decoding: result.standardError, as: UTF8.self)
        )
    }

    /// The description of the cluster that the program gets.
    private var info: String {
        let cluster = cluster.map { ",\"cluster\":\(String(decoding: $0, as: UTF8.self))" } ?? ""
        return #"{"kind":"ExecCredential","apiVersion":"\#(apiVersion)","spec":{"interactive":false\#(cluster)}}"#
    }

    private func withDeadline(
        _ limit: Duration,
        _ body: @escaping @Sendable () async throws -> ExecutionOutcome
    ) async throws -> ExecutionOutcome {
        try await withThrowingTaskGroup(of: ExecutionOutcome.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw APIError.unusable("\(command.printable), which is to give credentials, did not end in time")
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw APIError.cancelled }
            return first
        }
    }
}
