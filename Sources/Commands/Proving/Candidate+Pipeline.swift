package import Controller

extension Pipeline.Result {
    /// Returns the candidate to be proven for the manifests.
    package func candidate(of pipeline: Pipeline) -> Candidate {
        Candidate(snapshot, settings: pipeline.settings, translation: translation)
    }
}
