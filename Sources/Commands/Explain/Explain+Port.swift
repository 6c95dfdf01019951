import ArgumentParser
import ProxyConfiguration

extension Explain {
    /// Refuses what says something of requests alone.
    func validatePort(_ text: String) throws {
        guard !prove, certificate.file == nil, !asked.saysMoreThanClient else {
            throw ValidationError("A port is explained without options of requests and --prove.")
        }
        _ = try asked.port(text)
    }

    /// Explains a port of TCP or UDP.
    ///
    /// - Parameter served: What is compared with it, where that is asked for.
    func explainPort(_ text: String, of result: Pipeline.Result, _ served: ServedGeneration?) throws {
        let port = try asked.port(text)
        var explanation = PortExplanation(port, from: try asked.address, of: result)
        if let served {
            let index = ConfigurationIndex(result.generation)
            let server = result.configuration.streams?.server(at: port)
            explanation.served = ServedAnswer(served, server, at: port, in: index)
        }
        switch format {
        case .text: Terminal.print(explanation.text)
        case .json: Terminal.print(try explanation.record.printedJSON())
        }
        Terminal.printError(result.survey.text)
        if explanation.served?.agrees == false { throw ExitCode.findings }
    }
}
