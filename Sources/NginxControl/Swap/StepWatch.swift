import Controller

/// Adds up how long the steps of a swap take.
struct StepWatch {
    private(set) var steps: [StepTime] = []

    mutating func add(_ step: StepTime.Step, _ duration: Duration) {
        if let index = steps.firstIndex(where: { $0.step == step }) {
            steps[index].duration += duration
        } else {
            steps.append(StepTime(step, duration))
        }
    }

    mutating func time<Value, Failure: Error>(
        _ step: StepTime.Step,
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let start = ContinuousClock.now
        defer { add(step, ContinuousClock.now - start) }
        return try body()
    }
}
