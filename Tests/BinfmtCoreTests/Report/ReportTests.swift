// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

/// The daemon's messages and its verdict.
@Suite struct ReportTests {
    private static let other = EntryName(observed: "other".utf8)

    private static func changes(_ kind: Change.Kind, _ cause: ChangeCause, _ names: String...) throws -> [Change] {
        try names.map { name in
            let entry = try ReportScene().entry(name, flags: .fixBinary)
            return Change(kind: kind, name: entry.name, cause: cause, before: nil, after: entry)
        }
    }

    private static func report(
        _ changes: [Change], failing: (Errno, KernelRefusal?)? = nil, incident: Incident = Incident()
    ) -> Report {
        let outcomes = changes.map { change in
            let failure = failing.map { Outcome.Failure(.unregister(change.name), $0, $1) }
            return Outcome(change: change, result: failure.map { .failed($0) } ?? .done)
        }
        let scene = ReportScene()
        return Report(.registry, Configuration(files: []), outcomes, incident: incident, after: scene.plan())
    }

    private static func events(_ changes: [Change], incident: Incident = Incident()) -> [String] {
        report(changes, incident: incident).events.map(\.text)
    }

    // MARK: - Events

    private static let lines: [(Change.Kind, ChangeCause, one: String?, two: String?)] = [
        (
            .register, .declared, "Entry 'a' registered: interpreter /bin/a, flags F", "2 entries registered: a, b"
        ),
        (
            .serve, .declared, "Entry 'a' registered: interpreter /bin/a, flags F", "2 entries registered: a, b"
        ),
        (
            .serve, .removed, "Entry 'a' was removed by another program; restored it",
            "Another program removed 2 entries; restored a, b"
        ),
        (
            .serve, .differs([.flags([], wanted: .fixBinary)]), "Entry 'a' restored: flags '' → 'F'",
            "2 entries restored (another program registered something else): a, b"
        ),
        (
            .replace, .differs([.flags([], wanted: .fixBinary)]), "Entry 'a' replaced: flags '' → 'F'",
            "2 entries replaced (they were not as declared): a, b"
        ),
        (
            .replace, .stale("/bin/a"), "Entry 'a' replaced: /bin/a was replaced since it was registered",
            "2 entries replaced (their interpreters were replaced): a, b"
        ),
        (
            .replace, .unknownFile, "Entry 'a' replaced: unknown which interpreter file the kernel holds open",
            "2 entries replaced (unknown which interpreter files the kernel held open): a, b"
        ),
        (
            .replace, .reregistered,
            "Entry 'a' replaced: re-registered by another program; its interpreter file is unknown",
            "2 entries replaced (re-registered by another program): a, b"
        ),
        (
            .reorder, .mustPrecede(other), "Entry 'a' moved ahead: it must be asked before 'other'",
            "2 entries moved ahead (the matching order was wrong): a, b"
        ),
        (
            .reorder, .overtaken(other),
            "Entry 'a' moved ahead: 'other', a foreign entry, was registered ahead of it",
            "2 entries moved ahead (foreign entries were registered ahead of them): a, b"
        ),
        (
            .enable, .disabled, "Entry 'a' enabled: another program disabled it",
            "2 entries enabled (another program disabled them): a, b"
        ),
        (
            .unregister, .undeclared, "Entry 'a' unregistered: no longer declared",
            "2 entries unregistered (no longer declared): a, b"
        ),
        (
            .unregister, .deselected(.excepted(SourceLocation(file: "/f", line: 2, column: 1))),
            "Entry 'a' unregistered: 'except' of [qemu] contains it (/f:2:1)",
            "2 entries unregistered ('except' of [qemu] contains them (/f:2:1)): a, b"
        ),
        (
            .unregister, .withheld(.disabled), "Entry 'a' unregistered: enabled = false",
            "2 entries unregistered: a, b"
        ),
        (
            .unregister, .leftover, "Entry 'a' unregistered: left over from an interrupted replacement",
            "2 entries unregistered (left over from an interrupted replacement): a, b"
        ),
        (.unregister, .released, "Entry 'a' unregistered: released", "2 entries unregistered: a, b"),
        (
            .unregister, .foreign, "Entry 'a' unregistered: not declared, and foreign = \"remove\"",
            "2 entries unregistered (not declared, and foreign = \"remove\"): a, b"
        ),
        (
            .restore, .flushed, "Entry 'a' restored: a flush of the whole table removed it",
            "2 entries restored (a flush of the whole table removed them): a, b"
        ),
        // The end of a repair whose beginning was reported.
        (.register, .standInServed, nil, nil), (.serve, .mustPrecede(other), nil, nil),
    ]

    @Test(arguments: lines.indices)
    func aCauseHasALineForOneEntryAndOneForSeveral(_ index: Int) throws {
        let (kind, cause, one, two) = Self.lines[index]
        #expect(Self.events(try Self.changes(kind, cause, "a")) == [one].compactMap(\.self))
        #expect(Self.events(try Self.changes(kind, cause, "a", "b")) == [two].compactMap(\.self))
    }

    @Test func everyCauseHasALine() {
        let codes: Set<ReasonCode> = Set(Self.lines.map { $0.1.code })
        #expect(codes.count == 17)
        #expect(Set(Self.lines.map { $0.0 }) == Set(Change.Kind.allCases))
    }

    /// Changes of one kind and cause are one message; each other kind or cause has its own.
    @Test func causesAreDistinguished() throws {
        let changes =
            try Self.changes(.unregister, .undeclared, "a", "b") + Self.changes(.unregister, .foreign, "c")
            + Self.changes(.register, .declared, "d")
        #expect(
            Self.events(changes) == [
                "Entry 'd' registered: interpreter /bin/d, flags F",
                "2 entries unregistered (no longer declared): a, b",
                "Entry 'c' unregistered: not declared, and foreign = \"remove\"",
            ])
    }

    /// Changes by other programs between two passes are one incident, of any number of entries.
    @Test func oneIncidentIsOneLine() throws {
        let both = try Self.changes(.serve, .removed, "a") + Self.changes(.serve, .overtaken(Self.other), "b")
        #expect(Self.events(both) == ["2 entries restored (another program changed them): a, b"])

        var incident = Incident()
        incident.removedForeign = [EntryName(observed: "theirs".utf8)]
        #expect(
            Self.events(try Self.changes(.serve, .removed, "a"), incident: incident) == [
                "Another program removed 2 entries; restored a; not restored, because they are foreign (foreign = "
                    + "\"protect\" would restore them): theirs"
            ])
        incident.isProtected = true
        #expect(
            Self.events(try Self.changes(.serve, .removed, "a"), incident: incident) == [
                "Another program removed 2 entries; restored a; not restored, because their interpreters are not as they "
                    + "were: theirs"
            ])
    }

    /// Report E1: the names that people know stand first.
    @Test func theBestKnownNamesComeFirst() throws {
        let names = ["a", "qemu-xtensaeb", "qemu-s390x", "qemu-aarch64", "b"]
        let changes = try names.flatMap { try Self.changes(.serve, .removed, $0) }
        #expect(
            Self.events(changes) == [
                "Another program removed 5 entries; restored qemu-aarch64, qemu-s390x, a, qemu-xtensaeb, b"
            ])
    }

    /// A restart of systemd-binfmt flushes the table twice, and registers its entries again: one incident, one message.
    @Test func aRepairIsNotToldTwice() throws {
        func deeds(_ changes: [Change], _ incident: Incident = Incident()) -> Deeds {
            Deeds(changes.map { Outcome(change: $0, result: .done) }, enabling: nil, incident, .registry)
        }
        let first = deeds(try Self.changes(.serve, .removed, "a", "b"))
        var second = deeds(
            try Self.changes(.serve, .removed, "b", "c") + Self.changes(.replace, .unknownFile, "a")
                + Self.changes(.serve, .overtaken(Self.other), "a") + Self.changes(.unregister, .undeclared, "b"))
        second.leaveOutRepetitions(of: first.repaired)
        #expect(second.changes.map { "\($0.kind) \($0.name)" } == ["serve c", "serve a", "unregister b"])

        // The message names what the second one removed.
        var incident = Incident()
        incident.removedForeign = [Self.other]
        var third = deeds(try Self.changes(.serve, .removed, "a"), incident)
        third.leaveOutRepetitions(of: first.repaired)
        #expect(!third.isEmpty)
    }

    /// The line that the service manager shows tells shadowed entries from active ones, as `status` does.
    @Test func theSummaryCountsShadowedEntries() throws {
        let scene = ReportScene()
        let registry = ModelRegistry()
        let entries = try ["a", "b"].map { name in
            Entry(
                name: scene.name(name), recognition: try scene.entry("a").recognition,
                interpreter: try scene.entry(name).interpreter, flags: [])
        }
        for entry in entries { _ = registry.perform([.register(try RegisterString(entry))]) }
        let text = "[entry.a]\nextension = \"a\"\ninterpreter = \"/bin/a\"\n"
        let both = text + text.replacing("[entry.a]", with: "[entry.b]").replacing("/bin/a", with: "/bin/b")
        let configuration = Configuration(files: [ConfigFile(path: "/etc/x.toml", text: Array(both.utf8))])
        let plan = scene.plan(configuration, try registry.observe())
        let report = Report(.registry, configuration, after: plan)
        #expect(report.summary == "Entries: 1 active, 1 shadowed")
    }

    /// Report E1: what one incident caused in several passes is told together.
    @Test func theDeedsOfSeveralPassesAreToldTogether() throws {
        func deeds(_ names: String...) throws -> Deeds {
            let changes = try names.flatMap { try Self.changes(.serve, .removed, $0) }
            return Deeds(changes.map { Outcome(change: $0, result: .done) }, enabling: nil, Incident(), .registry)
        }
        var all = try deeds("a", "b")
        all.add(try deeds("c"))
        all.add(try deeds("b", "d"))
        #expect(all.messages.map(\.text) == ["Another program removed 4 entries; restored a, b, c, d"])
    }

    /// Report E3: what a start does on a healthy host is no news.
    @Test(arguments: [
        (Trigger.start, Change.Kind.register, ChangeCause.declared, Message.Level.info),
        (.start, .replace, .unknownFile, .debug), (.configuration, .register, .declared, .notice),
        (.start, .replace, .stale("/bin/a"), .notice), (.registry, .serve, .removed, .notice),
    ])
    func aStartIsNoNews(_ trigger: Trigger, _ kind: Change.Kind, _ cause: ChangeCause, _ level: Message.Level) throws {
        let outcomes = try Self.changes(kind, cause, "a").map { Outcome(change: $0, result: .done) }
        #expect(Deeds(outcomes, enabling: nil, Incident(), trigger).messages.map(\.level) == [level])
    }

    @Test func aReportedRepairIsNotReportedAgain() throws {
        var incident = Incident()
        incident.reported = [EntryName(observed: "a".utf8)]
        #expect(Self.events(try Self.changes(.serve, .removed, "a"), incident: incident) == [])
        #expect(Self.events(try Self.changes(.replace, .reregistered, "b"), incident: incident) == [])
        #expect(Self.events(try Self.changes(.serve, .removed, "b"), incident: incident).count == 1)
    }

    /// An entry that only makes room for another one is not reported.
    @Test func anEntryThatFollowsAnotherIsNotReported() throws {
        let changes =
            try Self.changes(.replace, .stale("/bin/a"), "other")
            + Self.changes(.reorder, .mustPrecede(Self.other), "b")
        #expect(Self.events(changes) == ["Entry 'other' replaced: /bin/a was replaced since it was registered"])
    }

    /// journald drops a message of more than 1024 fields, all of it.
    @Test func aMessageNamesFourHundredEntriesInItsFields() throws {
        let changes = try (0..<1000).flatMap { try Self.changes(.register, .declared, "entry-\($0)") }
        let message = try #require(Self.report(changes).events.first)
        #expect(
            message.text
                == "1000 entries registered: entry-0, entry-1, entry-2, entry-3, entry-4, entry-5 and 994 others")
        #expect(message.fields.count { $0.name == "BINFMT_ENTRY" } == 400)
        #expect(message.fields.count < 1024 - 100)
        #expect(message.fields.contains(Message.Field("BINFMT_COUNT", "1000")))
        #expect(message.fields.contains(Message.Field("BINFMT_TRIGGER", "registry")))
    }

    @Test func enablingTheRegistryIsReported() throws {
        let plan = ReportScene().plan()
        let configuration = Configuration(files: [])
        let done = Report(.start, configuration, enabling: .success(()), after: plan).events
        #expect(done.map(\.text) == ["The registry was switched off; switched it on again"])
        let failure = Outcome.Failure(.enableRegistry, .readOnlyFileSystem, .registryReadOnly)
        let failed = Report(.start, configuration, enabling: .failure(failure), after: plan).events
        #expect(failed.first?.text.hasPrefix("The registry is switched off: cannot switch the registry on: ") == true)
        #expect(failed.first?.level == .error)
    }

    // MARK: - Problems

    @Test func aFailureIsReportedWhileItLasts() throws {
        let report = Self.report(try Self.changes(.register, .declared, "a"), failing: (.ioError, nil))
        #expect(report.events == [])
        #expect(report.standing.map(\.text) == ["Entry 'a': cannot unregister 'a': Input/output error"])
        #expect(report.verdict == .degraded)
    }

    @Test func anUnregisteredEntryIsReportedWithItsPlace() throws {
        var scene = ReportScene()
        scene.missing = ["/bin/late"]
        scene.hazards = ["/bin/loose": .worldWritable("/bin", mode: 0o777)]
        scene.circumstances.suspended[scene.name("torn")] = .contested(
            times: 10, window: .seconds(3), rival: "/bin/rival", delay: .seconds(10))
        let configuration = scene.configuration("late", "loose", "torn", keys: "fix-binary = true")
        let standing = Report(.start, configuration, after: scene.plan(configuration)).standing
        let file = "/etc/binfmtd/binfmtd.toml"
        #expect(
            standing.map(\.text) == [
                "\(file):1:8: Entry 'late' is waiting for its interpreter: /bin/late does not exist",
                "\(file):6:8: Entry 'loose' is refused: /bin is world-writable (mode 0777): anyone able to modify it "
                    + "could run code as every user who starts such a program; fix: chmod go-w /bin. Override: "
                    + "allow-unsafe-interpreter = true",
                "\(file):11:8: Entry 'torn' is suspended: another program changed it 10 times in 3 s, last to "
                    + "interpreter /bin/rival; left alone, next try after 10 s",
            ])
        #expect(standing.map(\.level) == [.warning, .warning, .warning])
    }

    // MARK: - Verdict and summary

    @Test func theVerdictIsTheWorstOfAll() throws {
        var scene = ReportScene()
        let none = Configuration(files: [])
        #expect(Report(.start, none, after: scene.plan()).verdict == .inSync)
        #expect(Report(.start, none, after: try scene.plan("a")).verdict == .pending)

        scene.missing = ["/bin/a"]
        let waiting = scene.configuration("a", keys: "fix-binary = true")
        #expect(Report(.start, waiting, after: scene.plan(waiting)).verdict == .degraded)

        let broken = scene.configuration("a", keys: "colour = 1")
        #expect(Report(.start, broken, after: scene.plan(broken)).verdict == .degraded)

        scene.missing = []
        scene.hazards = ["/bin/a": .worldWritable("/bin", mode: 0o777)]
        #expect(Report(.start, none, after: try scene.plan("a")).verdict == .degraded)
        scene.hazards = [:]
        scene.circumstances.failures[scene.name("a")] = .reported(ReportedReason(code: .writeFailed, "no"))
        #expect(Report(.start, none, after: try scene.plan("a")).verdict == .degraded)
        scene.circumstances.failures = [:]
        scene.circumstances.suspended[scene.name("a")] = .reported(ReportedReason(code: .suspended, "no"))
        #expect(Report(.start, none, after: try scene.plan("a")).verdict == .degraded)
    }

    @Test func withoutARegistryOnlyTheReasonIsGiven() {
        let standby = Report(.start, .standby, "another binfmtd keeps it")
        #expect(standby.summary == "another binfmtd keeps it")
        #expect(standby.standing.map(\.level) == [.notice])
        #expect(Report(.start, .unavailable, "not mounted").standing.map(\.level) == [.error])
    }

    @Test func theSummaryCountsStates() throws {
        var scene = ReportScene()
        let none = Configuration(files: [])
        #expect(Report(.start, none, after: scene.plan()).summary == "No declared entry can be registered on this host")
        let broken = scene.configuration("a", keys: "colour = 1")
        #expect(
            Report(.start, broken, after: scene.plan(broken)).summary
                == "No declared entry can be registered on this host; 1 error in the configuration")
        scene.missing = ["/bin/b"]
        scene.circumstances.failures[scene.name("c")] = .reported(ReportedReason(code: .writeFailed, "no"))
        let three = scene.configuration("a", "b", "c", keys: "fix-binary = true")
        #expect(Report(.start, three, after: scene.plan(three)).summary == "Entries: 1 pending, 1 waiting, 1 failed")
    }
}
