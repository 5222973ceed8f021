// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

/// Entries whose BPF handler chooses among interpreters that the kernel holds.
@Suite struct HandlerTests {
    private static func identity(_ inode: UInt64) -> FileIdentity {
        FileIdentity(device: 1, inode: inode, size: 1, modified: FileTime(seconds: 0, nanoseconds: 0))
    }

    private static let declared = """
        [qemu]
        targets = []
        [entry.a]
        bpf = "handler"
        interpreters = { two = "/2", one = "/1" }

        """

    private func desired(
        _ files: [FilePath: InterpreterFile], toml: String = declared, vanished: Set<FilePath> = [],
        kernel: KernelFeatures = KernelFeatures(version: .transparent)
    ) -> DesiredState {
        let configuration = Configuration(files: [ConfigFile(path: "/a.toml", text: Array(toml.utf8))])
        #expect(configuration.issues.isEmpty, "\(configuration.issues)")
        let interpreters = files.map { (HashedPath($0.key), $0.value) }
        return DesiredState(
            configuration,
            HostFacts(
                native: NativePrograms(identity: ELFIdentity(.bits64, .little, machine: 62)), nativeTargets: [],
                interpreters: Dictionary(interpreters, uniquingKeysWith: { $1 }), vanished: vanished, kernel: kernel))
    }

    private static let files: [FilePath: InterpreterFile] = ["/1": .present(identity(1)), "/2": .present(identity(2))]

    private func withheld(_ path: FilePath, _ file: InterpreterFile) -> WithheldEntry? {
        desired(Self.files.merging([path: file]) { $1 }).withheld.first
    }

    @Test func holdsTheFilesInTheOrderOfTheNames() throws {
        let entry = try #require(desired(Self.files).entries.first)
        #expect(entry.entry.namedInterpreters == ["/1", "/2"])
        #expect(entry.interpreterFiles?.files == [Self.identity(1), Self.identity(2)])
        #expect(entry.entry.namedInterpreter == nil && entry.entry.holdsInterpreters)
        let string = try #require(entry.registerString)
        #expect(String(decoding: string.bytes, as: UTF8.self) == ":a:B::::handler:D")
        #expect(String(decoding: string.standIn.bytes, as: UTF8.self) == ":~binfmtd~a:B::::handler:D")
        #expect(string.staged == string && string.standIn.interpreters == string.interpreters)
        #expect(string.interpreters.map { String(decoding: $0.binding, as: UTF8.self) } == ["+one /1", "+two /2"])
        // The kernel prints them in the order in which they were bound.
        let text = "enabled\nbpf handler\nbpf-interpreter two /2\nbpf-interpreter one /1\nflags: \n"
        #expect(try EntryStatus(parsing: Array(text.utf8)).recognition == entry.entry.recognition)
    }

    /// Ten bytes are too few for the kernel.
    @Test func theShortestStringHasOneLetterMore() throws {
        let entry = try #require(desired([:], toml: "[qemu]\ntargets = []\n[entry.a]\nbpf = 'h'\n").entries.first)
        #expect(String(decoding: try #require(entry.registerString).bytes, as: UTF8.self) == ":a:B::::h:D")
    }

    @Test func needsEachOfItsInterpreters() {
        #expect(withheld("/2", .missing(.noSuchFileOrDirectory))?.state == .waiting)
        #expect(withheld("/2", .missing(.noSuchFileOrDirectory))?.reason.code == .interpreterMissing)
        #expect(withheld("/1", .missing(.ioError))?.reason.code == .interpreterUnreadable)
        let gone = Self.files.merging(["/2": .missing(.noSuchFileOrDirectory)]) { $1 }
        let vanished = desired(gone, vanished: ["/2"]).withheld.first
        #expect(vanished?.reason.code == .interpreterVanished && vanished?.isKept == true)
    }

    @Test func trustsEachOfItsInterpreters() {
        let hazard = Hazard.worldWritable("/2", mode: 0o777)
        #expect(withheld("/2", .present(Self.identity(2), hazard: hazard))?.state == .refused)
        #expect(withheld("/2", .present(Self.identity(2), hazard: hazard))?.reason.code == .unsafeInterpreter)
        let allowed = Self.declared + "allow-unsafe-interpreter = true\n"
        let files = Self.files.merging(["/2": .present(Self.identity(2), hazard: hazard)]) { $1 }
        #expect(desired(files, toml: allowed).entries.count == 1)
    }

    @Test func saysWhatAnInterpreterLacks() {
        let script = InterpreterFile.Content(start: Array("#!/bin/sh\n".utf8))
        let files: [FilePath: InterpreterFile] = [
            "/1": .present(Self.identity(1), obstacle: .noexec), "/2": .present(Self.identity(2), content: script),
        ]
        let caveats = desired(files).entries.first?.caveats
        #expect(caveats == [.obstacle(.noexec, "/1"), .interpreterScript("/2", runBy: "/bin/sh")])
    }

    @Test func needsAKernelThatHasHandlers() {
        let old = desired(Self.files, kernel: KernelFeatures(version: KernelVersion(6, 18))).withheld.first
        #expect(old?.reason == .unsupported(.handlers, KernelVersion(6, 18)) && old?.state == .refused)
        let without = KernelFeatures(version: .transparent) { $0 == .handlers ? false : nil }
        #expect(desired(Self.files, kernel: without).withheld.first?.reason == .unsupported(.handlers, .transparent))
    }

    @Test func aFileThatWasReplacedIsNamed() throws {
        let held = try #require(HeldFiles([1, 2, 3].map(Self.identity)))
        let others: [([Int], Int?)] = [
            ([1, 2, 3], nil), ([9, 2, 3], 0), ([1, 9, 3], 1), ([1, 2, 9], 2), ([1, 2], 2), ([1, 2, 3, 4], 3),
        ]
        for (other, place) in others {
            let files = HeldFiles(other.map { Self.identity(UInt64($0)) })
            #expect(held.firstDifference(from: try #require(files)) == place, "\(other)")
        }
        #expect(HeldFiles([]) == nil)
    }

    @Test func theOwnershipFileHasAllHeldFiles() throws {
        let names = ["a", "b", "c"].map { EntryName(observed: $0.utf8) }
        let held: [HeldFiles?] = [HeldFiles([1, 2, 3].map(Self.identity)), HeldFiles(Self.identity(2)), nil]
        let ownership = Ownership(
            records: Dictionary(
                uniqueKeysWithValues: zip(names, held).map { name, files in
                    (name, Ownership.Record(registration: RegistrationIdentity(inode: 7), interpreter: files))
                }))
        #expect(try Ownership(parsing: ownership.text) == ownership)
        var text = String(decoding: ownership.text, as: UTF8.self)
        text = text.replacing("bound = [[", with: "bound = [[1, 99], [")
        #expect(throws: Ownership.Damaged.self) { try Ownership(parsing: Array(text.utf8)) }
    }

    /// An interpreter that cannot be bound leaves nothing behind, whether the old entry is there or not.
    @Test(arguments: [true, false])
    func anInterpreterThatCannotBeBoundLeavesNoHalfEntry(_ isReplaced: Bool) throws {
        let registry = ModelRegistry(.transparent, handlers: ["handler"])
        let old = "[qemu]\ntargets = []\n[entry.a]\nbpf = 'handler'\ninterpreters = { one = '/1' }\n"
        var ownership = Ownership()
        if isReplaced {
            let plan = Plan(desired(Self.files, toml: old), try registry.observe(), ownership)
            _ = PlanApplication(plan, perform: registry.perform)
            ownership = ownership.recorded(after: plan, try registry.observe())
        }
        let before = try registry.observe()
        registry.missing = ["/2"]
        let plan = Plan(desired(Self.files), before, ownership)
        let applied = PlanApplication(plan, perform: registry.perform) { error, write, entry in
            KernelRefusal.explanation(of: error, write, entry)
        }
        #expect(applied.outcomes.map(\.failure?.refusal) == [.interpreterGone("/2")])
        #expect(try registry.observe() == before)
        registry.missing = []
        let next = Plan(desired(Self.files), before, ownership.recorded(after: plan, before))
        #expect(!PlanApplication(next, perform: registry.perform).hasFailed)
        #expect(try registry.observe().entries.map(\.entry) == desired(Self.files).entries.map(\.entry))
        #expect(try registry.observe().entries.allSatisfy(\.isEnabled))
    }

    @Test func aLineOfBinfmtDCannotHaveThem() {
        let export = BinfmtDExport(desired(Self.files))
        #expect(export.lost.map(\.reason) == [.boundInterpreters] && export.count == 0)
        #expect(export.text.contains("#   :a:B::::handler:D\n"))
        let alone = desired([:], toml: "[qemu]\ntargets = []\n[entry.a]\nbpf = 'handler'\n")
        #expect(BinfmtDExport(alone).text.hasSuffix("\n:a:B::::handler:\n"))
    }

    /// A foreign one that a flush removed is restored with its interpreters, unless one of them is another file now.
    @Test func aFlushedOneIsRestored() throws {
        let entry = try #require(desired(Self.files).entries.first?.entry)
        let files = Dictionary(uniqueKeysWithValues: Self.files.map { (HashedPath($0.key), $0.value) })
        let lost = LostEntry(entry, files)
        #expect(!lost.compared(with: files).hasChanged)
        let other = files.merging([HashedPath("/2"): .present(Self.identity(9))]) { $1 }
        #expect(lost.compared(with: other).hasChanged)
        var circumstances = Plan.Circumstances()
        circumstances.lost = [entry]
        let none = desired([:], toml: "[qemu]\ntargets = []\n")
        let plan = Plan(none, ObservedState(isEnabled: true, entries: []), Ownership(), circumstances)
        #expect(
            plan.steps.map { "\($0.write)" } == [
                "register 'a'", "bind the interpreter 'one' to 'a'", "bind the interpreter 'two' to 'a'", "enable 'a'",
            ])
    }
}
