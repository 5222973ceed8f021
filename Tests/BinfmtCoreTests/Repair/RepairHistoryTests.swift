// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage
import TestSupport
import Testing

/// The knowledge that passes take over from earlier ones; the tests set the time.
@Suite struct RepairHistoryTests {
    private let start = Duration.seconds(100)

    private func state(_ names: String...) throws -> ObservedState {
        let registry = ModelRegistry()
        for name in names {
            let entry = try RegisterLine(Array(":\(name):E::\(name)::/bin/true:".utf8)).entry
            try registry.perform(.register(RegisterString(entry)))
        }
        return try registry.observe()
    }

    private func circumstances(_ history: RepairHistory, at now: Duration) -> Plan.Circumstances {
        history.circumstances(Configuration(files: []), at: now)
    }

    @Test func isQuietOnceNobodyWroteForATenthOfASecond() throws {
        var history = RepairHistory()
        history.note(try state("a", "b"), Ownership(), files: [], .keep, at: start)
        #expect(circumstances(history, at: start).isQuiet)
        history.note(try state("a"), Ownership(), files: [], .keep, at: start + .milliseconds(10))
        #expect(!circumstances(history, at: start + .milliseconds(10)).isQuiet)
        #expect(history.nextWake(at: start + .milliseconds(10)) == .milliseconds(100))
        let last = try state("a")
        history.note(last, Ownership(), files: [], .keep, at: start + .milliseconds(20))
        history.note(last, Ownership(), files: [], .keep, at: start + .milliseconds(130))
        #expect(circumstances(history, at: start + .milliseconds(130)).isQuiet)
    }

    /// A program that writes without a pause is not a service that restarts.
    @Test func doesNotWaitForQuietForEver() throws {
        var history = RepairHistory()
        var now = start
        for number in 0..<41 {
            history.note(try state("a", "x\(number)"), Ownership(), files: [], .keep, at: now)
            if number > 0 { #expect(!circumstances(history, at: now).isQuiet || now - start >= .seconds(2)) }
            now += .milliseconds(50)
        }
        history.note(try state("a", "last"), Ownership(), files: [], .keep, at: now + .milliseconds(50))
        #expect(circumstances(history, at: now + .milliseconds(50)).isQuiet)
    }

    @Test func aFileThatIsGoneIsAwaitedForAMoment() throws {
        var history = RepairHistory()
        let table = try state("a")
        history.note(table, Ownership(), files: ["/x.toml", "/y.toml"], .keep, at: start)
        history.note(table, Ownership(), files: ["/y.toml"], .keep, at: start + .milliseconds(1))
        history.note(table, Ownership(), files: [], .keep, at: start + .milliseconds(101))
        // Until the last of them is given up.
        #expect(history.nextWake(at: start + .milliseconds(101)) == .milliseconds(200))
        history.note(table, Ownership(), files: [], .keep, at: start + .milliseconds(299))
        #expect(circumstances(history, at: start + .milliseconds(299)).isFileMissing)
        history.note(table, Ownership(), files: [], .keep, at: start + .milliseconds(301))
        #expect(!circumstances(history, at: start + .milliseconds(301)).isFileMissing)
    }

    @Test func aFlushIsRememberedOnlyWhereForeignEntriesAreProtected() throws {
        for (policy, lost) in [(DaemonSettings.ForeignPolicy.protect, ["b", "a"]), (.keep, [])] {
            var history = RepairHistory()
            history.note(try state("b", "a"), Ownership(), files: [], policy, at: start)
            history.note(try state(), Ownership(), files: [], policy, at: start + .milliseconds(1))
            #expect(circumstances(history, at: start + .milliseconds(1)).lost.map { "\($0.name)" } == lost)
        }
    }

    /// To register it again would enable it.
    @Test func aDisabledEntryIsNotRestored() throws {
        let registry = ModelRegistry()
        for name in ["a", "b"] {
            let entry = try RegisterLine(Array(":\(name):E::\(name)::/bin/true:".utf8)).entry
            try registry.perform(.register(RegisterString(entry)))
        }
        try registry.disable(EntryName(observed: "a".utf8))
        var history = RepairHistory()
        history.note(try registry.observe(), Ownership(), files: [], .protect, at: start)
        registry.flush()
        history.note(try registry.observe(), Ownership(), files: [], .protect, at: start + .milliseconds(1))
        #expect(circumstances(history, at: start + .milliseconds(1)).lost.map { "\($0.name)" } == ["b"])
        let incident = history.endPass(PlanApplication(), served: [], at: start + .milliseconds(1))
        #expect(incident.removedForeign.map { "\($0)" } == ["a"])
    }

    /// A flush between a pass's two looks at the table is another program's doing, too. What was ours is not foreign for
    /// that.
    @Test func aFlushDuringAPassIsFound() throws {
        let planCase = PlanCase(
            "flushed",
            text: """
                [kernel]
                foreign :a:E::a::/bin/true:
                ours :kept:E::kept::/bin/true:
                foreign :b:E::b::/bin/true:
                [declared]
                [qemu]
                targets = []
                [entry.kept]
                extension = "kept"
                interpreter = "/bin/true"
                [entry.new]
                extension = "x"
                interpreter = "/bin/true"
                [plan]
                """)
        let registry = ModelRegistry()
        let ownership = try planCase.prepare(registry) { try registry.disable($0) }
        let before = try registry.observe()
        let plan = planCase.plan(before, ownership)
        var history = RepairHistory()
        history.note(before, ownership, files: [], .protect, at: start)
        registry.flush()
        let applied = PlanApplication(plan, perform: registry.perform)
        let after = try registry.observe()
        history.note(applied, of: plan, before: before, ownership, after: after, at: start)
        let next = start + .milliseconds(10)
        history.note(after, ownership.recorded(after: plan, after), files: [], .protect, at: next)
        #expect(circumstances(history, at: next).lost.map { "\($0.name)" } == ["a", "b"])
        #expect(!circumstances(history, at: next).isQuiet)
    }

    /// Report B14: an edit while other programs write other entries is nobody's attack on this one.
    @Test func anEditIsNotContested() throws {
        var history = RepairHistory()
        let edited = try makeContested(whose: "ours")
        for number in 1...20 {
            let now = start + .milliseconds(100 * number)
            let table = try edited.registry.observe()
            history.note(edited.applied, of: edited.plan, before: table, Ownership(), after: table, at: now)
            #expect(circumstances(history, at: now).suspended.isEmpty)
        }
    }

    private func makeContested(
        whose: String
    ) throws -> (registry: ModelRegistry, plan: Plan, applied: PlanApplication) {
        let contested = PlanCase(
            "contested",
            text:
                "[kernel]\n\(whose) :a:E::x::/bin/cat:\n[declared]\n[qemu]\ntargets = []\n[entry.a]\nextension = \"x\"\n"
                + "interpreter = \"/bin/true\"\n[plan]\n")
        let registry = ModelRegistry()
        let ownership = try contested.prepare(registry) { try registry.disable($0) }
        let plan = contested.plan(try registry.observe(), ownership, isQuiet: false)
        let applied = PlanApplication(plan, perform: { ($0.count, nil) })
        #expect(applied.outcomes.map(\.change.isContested) == [true])
        return (registry, plan, applied)
    }

    @Test func anEntryThatIsContestedTooOftenIsSuspendedForLongerAndLonger() throws {
        let (registry, plan, applied) = try makeContested(whose: "retaken")
        var history = RepairHistory()
        var now = start
        for number in 1...10 {
            #expect(circumstances(history, at: now).suspended.isEmpty, "after \(number - 1)")
            let table = try registry.observe()
            history.note(applied, of: plan, before: table, Ownership(), after: table, at: now)
            now += .milliseconds(100)
        }
        #expect(circumstances(history, at: now).suspended.count == 1)
        #expect(history.nextWake(at: now) == .milliseconds(9900))
        #expect(circumstances(history, at: now + .seconds(10)).suspended.isEmpty)
    }

    @Test func theFailuresOfTheLastPassAreCircumstancesOfTheNext() throws {
        let planCase = PlanCase(
            "refused",
            text:
                "[kernel]\n[declared]\n[qemu]\ntargets = []\n[entry.a]\nextension = \"x\"\ninterpreter = \"/bin/true\"\n[plan]\n"
        )
        let plan = planCase.plan(try state(), Ownership())
        var history = RepairHistory()
        _ = history.endPass(PlanApplication(plan, perform: { _ in (0, .ioError) }), served: [], at: start)
        #expect(circumstances(history, at: start).failures.count == 1)
        _ = history.endPass(PlanApplication(), served: [], at: start)
        #expect(circumstances(history, at: start).failures.isEmpty)
    }
}
