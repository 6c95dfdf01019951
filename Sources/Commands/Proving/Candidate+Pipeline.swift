package import Controller

extension Pipeline.Result {
    /// What is to be proven of the manifests.
    package func candidate(of pipeline: Pipeline) -> Candidate {
        Candidate(snapshot, settings: pipeline.settings, translation: translation)
    }
}
