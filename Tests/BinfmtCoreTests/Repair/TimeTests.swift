// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import Testing

@testable import BinfmtCore

/// Behaviour that depends on time, which is an argument.
@Suite struct TimeTests {
    private func observed(_ inode: UInt64) -> ObservedState {
        let identity = RegistrationIdentity(inode: inode)
        let entry = ObservedEntry(
            name: EntryName(observed: "a".utf8), registration: identity,
            status: .failure(.missing("all")))
        return ObservedState(isEnabled: true, entries: [entry])
    }

    @Test func aDisturbanceLastsUntilTheTableHasBeenQuiet() {
        var disturbance = Disturbance()
        disturbance.noteFound(observed(1), at: .zero)
        #expect(disturbance.remaining(at: .zero) == nil)
        disturbance.noteFound(observed(1), at: .seconds(1))
        #expect(disturbance.remaining(at: .seconds(1)) == nil)

        disturbance.noteFound(observed(2), at: .seconds(2))
        #expect(disturbance.remaining(at: .seconds(2)) == .milliseconds(100))
        disturbance.noteLeft(observed(3), found: observed(3))
        disturbance.noteFound(observed(3), at: .milliseconds(2060))
        #expect(disturbance.remaining(at: .milliseconds(2060)) == .milliseconds(40))
        disturbance.noteFound(observed(4), at: .milliseconds(2090))
        #expect(disturbance.remaining(at: .milliseconds(2090)) == .milliseconds(100))
        disturbance.noteFound(observed(4), at: .milliseconds(2190))
        #expect(disturbance.remaining(at: .milliseconds(2190)) == nil)
    }

    private let name = EntryName(observed: "a".utf8)

    /// Spends the whole budget, a tenth of a second apart.
    private func exhaust(_ budget: inout RepairBudget, at start: Duration) -> Duration {
        var now = start
        for _ in 0..<RepairBudget.limit {
            now += .milliseconds(100)
            budget.spend(on: name, rival: nil, at: now)
        }
        return now
    }

    @Test func aBudgetSuspendsForLongerEachTimeAndForgets() {
        var budget = RepairBudget()
        var now = Duration.zero
        for delay in [10, 20, 40, 80, 160, 300, 300] {
            now = exhaust(&budget, at: now)
            #expect(budget.remaining(at: now) == .seconds(delay))
            #expect(budget.suspended(at: now).keys.map(\.description) == ["a"])
            now += .seconds(delay)
            #expect(budget.suspended(at: now).isEmpty)
        }
        // The other program has been quiet for longer than the next suspension would last.
        now = exhaust(&budget, at: now + .seconds(301))
        #expect(budget.remaining(at: now) == .seconds(10))
    }

    @Test func aBudgetIsNotSpentByWhatIsFarApart() {
        var budget = RepairBudget()
        for second in 0..<100 { budget.spend(on: name, rival: nil, at: .seconds(second)) }
        #expect(budget.suspended(at: .seconds(100)).isEmpty)
    }

    @Test func aFailureIsRetriedAtGrowingIntervals() {
        var retry = Retry()
        retry.note(hasFailed: false, at: .zero)
        #expect(retry.remaining(at: .zero) == nil)
        retry.note(hasFailed: true, at: .seconds(10))
        #expect(retry.remaining(at: .seconds(10)) == .seconds(1))
        // A pass for another reason does not postpone the retry.
        retry.note(hasFailed: true, at: .milliseconds(10_400))
        #expect(retry.remaining(at: .milliseconds(10_400)) == .milliseconds(600))
        var now = Duration.seconds(11)
        for delay in [2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            retry.note(hasFailed: true, at: now)
            #expect(retry.remaining(at: now) == .seconds(delay))
            now += .seconds(delay)
        }
        retry.note(hasFailed: false, at: now)
        retry.note(hasFailed: true, at: now)
        #expect(retry.remaining(at: now) == .seconds(1))
    }

    @Test func anInterpreterHasHalfAMinuteToComeBack() {
        let path: FilePath = "/x"
        let file = FileIdentity(device: 1, inode: 1, size: 1, modified: FileTime(seconds: 0, nanoseconds: 0))
        let present: [HashedPath: InterpreterFile] = [HashedPath(path): .present(file)]
        let missing: [HashedPath: InterpreterFile] = [HashedPath(path): .missing(.noSuchFileOrDirectory)]

        var grace = InterpreterGrace()
        #expect(grace.look(missing, at: .zero).isEmpty)
        #expect(grace.remaining(at: .zero) == nil)
        #expect(grace.look(present, at: .seconds(1)).isEmpty)
        #expect(grace.look(missing, at: .seconds(2)) == [path])
        #expect(grace.remaining(at: .seconds(3)) == .seconds(29))
        #expect(grace.look(missing, at: .seconds(31)) == [path])
        #expect(grace.look(missing, at: .seconds(32)).isEmpty)
        #expect(grace.remaining(at: .seconds(32)) == nil)
        #expect(grace.look(missing, at: .seconds(33)).isEmpty)

        // Interpreters of entries that the kernel held at the start existed before.
        var restarted = InterpreterGrace()
        #expect(restarted.look(missing, at: .zero, known: [path]) == [path])
        #expect(restarted.look(missing, at: .seconds(30)).isEmpty)
        #expect(restarted.look(missing, at: .seconds(31), known: [path]).isEmpty)

        // So did the interpreter of an entry that is declared again.
        #expect(grace.look([:], at: .seconds(40)).isEmpty)
        #expect(grace.look(missing, at: .seconds(41), known: [path]) == [path])
        #expect(grace.remaining(at: .seconds(41)) == .seconds(30))
        #expect(grace.look([:], at: .seconds(42)).isEmpty)
        #expect(grace.remaining(at: .seconds(42)) == nil)
    }
}
