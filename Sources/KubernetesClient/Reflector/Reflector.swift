package import YAML

/// Keeps up with the objects of a resource: lists them once, and watches what changes.
///
/// It goes on whatever happens, and never tells a part of a list for the whole: where a watch breaks off it resumes
/// behind the last event, and where the server no longer knows that point it lists anew.
package struct Reflector<Object: Sendable>: Sendable {
    private let lister: ObjectLister<Object>
    private let pace: ReflectorPace

    /// - Parameter decode: Makes of an object what is kept of it; `nil` passes it over.
    package init(
        _ client: APIClient,
        _ query: ResourceQuery,
        pace: ReflectorPace = ReflectorPace(),
        decode: @escaping @Sendable (Node) -> Object?
    ) {
        lister = ObjectLister(client: client, query: query, decode: decode)
        self.pace = pace
    }

    /// Runs until the task is cancelled, or the API no longer has the resource.
    package func run(_ notify: @escaping @Sendable (ReflectorUpdate<Object>) async -> Void) async {
        var run = ReflectorRun(lister, pace, notify)
        var schedule = ReflectorSchedule(pace)
        while !Task.isCancelled {
            let outcome = await run.watch(&schedule)
            guard let step = schedule.step(after: outcome, jitter: .random(in: 0..<1)) else { return }
            if step.listsAnew { run.resourceVersion = nil }
            guard (try? await Task.sleep(for: step.delay)) != nil else { return }
        }
    }
}
