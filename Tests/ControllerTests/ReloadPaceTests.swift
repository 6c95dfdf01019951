import Controller
import Testing

struct ReloadPaceTests {
    private static let steps = [StepTime(.prove, .seconds(3)), StepTime(.reload, .seconds(4))]

    @Test func `a swap that takes long is followed by a pause as long`() {
        #expect(ReloadPace(least: .seconds(1)).pause(after: Self.steps) == .seconds(7))
    }

    @Test func `one that takes little by the least one`() {
        #expect(ReloadPace(least: .seconds(1)).pause(after: [StepTime(.prove, .milliseconds(60))]) == .seconds(1))
    }

    @Test func `no pause is longer than the longest, but where somebody asks for it`() {
        let pace = ReloadPace(least: .seconds(1), longest: .seconds(5))
        #expect(pace.pause(after: Self.steps) == .seconds(5))
        #expect(ReloadPace(least: .seconds(60)).pause(after: Self.steps) == .seconds(60))
    }

    @Test func `there is none where somebody asks for none`() {
        #expect(ReloadPace(least: .zero).pause(after: Self.steps) == .zero)
    }
}
