import ArgumentParser
import ProxyConfiguration

extension Explain {
    /// Refuses what says something of requests alone.
    func validatePort(_ text: String) throws {
        guard certificate.file == nil, !asked.saysMoreThanClient else {
            throw ValidationError("A port is explained without options of requests.")
        }
        _ = try asked.port(text)
    }

    /// Explains a port of TCP or UDP.
    ///
    /// - Parameters:
    ///   - served: What is compared with it, where that is asked for.
    ///   - nginx: Is asked as well, where there is one.
    func explainPort(
        _ text: String,
        of result: Pipeline.Result,
        by pipeline: Pipeline,
        _ served: ServedGeneration?,
        _ nginx: ProvingNginx?
    ) async throws {
        let port = try asked.port(text)
        var explanation = PortExplanation(port, from: try asked.address, of: result)
        let server = result.configuration.streams?.server(at: port)
        if let server { explanation.proof = try await nginx?.prove(server, of: result.configuration, by: pipeline) }
        if let served {
            let index = ConfigurationIndex(result.generation)
            explanation.served = ServedAnswer(served, server, at: port, in: index)
        }
        switch format {
        case .text: Terminal.print(explanation.text)
        case .json: Terminal.print(try explanation.record.printedJSON())
        }
        Terminal.printError(result.survey.text)
        if explanation.isContradicted { throw ExitCode.findings }
    }
}
