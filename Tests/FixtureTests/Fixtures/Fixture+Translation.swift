import Commands

extension Fixture {
    /// The translation of the fixture, the same on every machine and at any time.
    func translated() async throws -> Pipeline.Result {
        try await pipeline.run(input)
    }

    /// The stages as the fixture's options set them up.
    var pipeline: Pipeline {
        get async throws { try await FixturePipelines.shared.pipeline(for: arguments) }
    }
}
