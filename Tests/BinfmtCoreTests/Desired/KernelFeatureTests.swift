// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

/// Entries that not every kernel takes.
@Suite struct KernelFeatureTests {
    private static let file = InterpreterFile.present(
        FileIdentity(device: 1, inode: 1, size: 1, modified: FileTime(seconds: 0, nanoseconds: 0)))
    private static let old = KernelFeatures(version: KernelVersion(6, 18))
    private static let new = KernelFeatures(version: .transparent, answer: { $0 != .handlers })

    private func desired(toml: String = "", line: String = "", _ kernel: KernelFeatures = new) -> DesiredState {
        let configuration = Configuration(
            files: [ConfigFile(path: "/a.toml", text: Array("[qemu]\ntargets = []\n\(toml)".utf8))],
            binfmtD: [BinfmtDFile(path: "/a.conf", text: Array(line.utf8))])
        #expect(configuration.issues.isEmpty, "\(configuration.issues)")
        let paths = configuration.entries.flatMap(\.interpreters).map { (HashedPath($0), Self.file) }
        return DesiredState(
            configuration,
            HostFacts(
                native: NativePrograms(identity: ELFIdentity(.bits64, .little, machine: 62)), nativeTargets: [],
                interpreters: Dictionary(paths, uniquingKeysWith: { $1 }), kernel: kernel))
    }

    private func reason(toml: String = "", line: String = "", _ kernel: KernelFeatures = new) -> ReasonCode? {
        desired(toml: toml, line: line, kernel).withheld.first?.reason.code
    }

    private static let entry = "[entry.a]\nextension = 'x'\ninterpreter = '/x'\n"

    @Test(arguments: ["transparent", "loader"])
    func aFlagNeedsARecentKernel(_ key: String) {
        let toml = Self.entry + "\(key) = true\n"
        #expect(reason(toml: toml, Self.old) == .featureUnsupported)
        #expect(desired(toml: toml, Self.old).withheld.first?.state == .refused)
        // An earlier entry of the name stays.
        #expect(desired(toml: toml, Self.old).withheld.first?.isKept == true)
        #expect(desired(toml: toml).entries.first?.entry.flags.keys.contains(key) == true)
        #expect(reason(toml: Self.entry, Self.old) == nil)
    }

    private static let lines: [(line: String, new: ReasonCode?, old: ReasonCode?)] = [
        (":a:E::x::/x:T", nil, .featureUnsupported), (":a:E::x::/x:FL", nil, .featureUnsupported),
        (":a:E::x::/x:PT", .flagsConflict, .flagsConflict), (":a:E::x::/x:LC", .flagsConflict, .flagsConflict),
        (":a:E::x::/x:D", .registeredDisabled, .registeredDisabled),
        (":a:B::::h:", .featureUnsupported, .featureUnsupported), (":a:E::x::/x:POCF", nil, nil),
    ]

    /// As systemd-binfmt takes a line that the kernel refuses: it goes on with the next.
    @Test(arguments: lines)
    func aLineThatAKernelRefusesIsNoBrokenFile(_ line: String, _ new: ReasonCode?, _ old: ReasonCode?) {
        #expect(reason(line: line) == new)
        #expect(reason(line: line, Self.old) == old)
    }

    @Test func aHandlersLineIsRegisteredAsItStands() throws {
        let kernel = KernelFeatures(version: .transparent)
        let entry = try #require(desired(line: ":a:B::::some_handler:", kernel).entries.first)
        #expect(String(decoding: try #require(entry.registerString).bytes, as: UTF8.self) == ":a:B::::some_handler:")
    }

    /// A loader does not capture the host's programs, but a wrong one stops them.
    @Test func aLoaderForTheHostsOwnProgramsIsAskedFor() {
        let toml = "[entry.a]\npreset = 'elf-amd64'\ninterpreter = '/x'\nloader = true\n"
        guard case .loadsNativePrograms = desired(toml: toml).withheld.first?.reason else {
            Issue.record("\(desired(toml: toml).withheld)")
            return
        }
        #expect(desired(toml: toml + "allow-native = true\n").entries.count == 1)
        // The kernel runs a script as if no entry had taken it.
        #expect(desired(toml: "[entry.a]\nmagic = '#!'\ninterpreter = '/x'\nloader = true\n").entries.count == 1)
    }

    @Test func aKeyTakesThePlaceOfWhatItExcludes() {
        let fex = "[entry.a]\npreset = 'fex'\ninterpreter = '/x'\nallow-native = true\n"
        #expect(desired(toml: fex + "transparent = true\n").entries.first?.entry.flags.letters == "OCFT")
        #expect(desired(toml: fex + "loader = true\n").entries.first?.entry.flags.letters == "FL")
        #expect(desired(toml: fex + "transparent = false\n").entries.first?.entry.flags.letters == "POCF")
    }

    @Test(arguments: ["preserve-argv0", "open-binary", "credentials", "transparent"])
    func keysThatExcludeEachOther(_ key: String) {
        func issues(_ other: String) -> [BinfmtCore.Issue.Kind] {
            let toml = Self.entry + "\(other) = true\n\(key) = true\n"
            return ConfigFile(path: "/a.toml", text: Array(toml.utf8)).issues.map(\.kind)
        }
        #expect(issues("loader") == [.conflictingKeys])
        if key != "transparent" {
            #expect(issues("transparent") == (key == "preserve-argv0" ? [.conflictingKeys] : []))
        }
    }

    /// An answer of the kernel counts more than its version.
    @Test func theKernelIsAsked() {
        let patched = KernelFeatures(version: KernelVersion(6, 18), answer: { $0 == .loader ? true : nil })
        #expect(patched.has(.loader) && !patched.has(.transparent))
        #expect(KernelFeatures.Feature.allCases.allSatisfy(KernelFeatures(version: nil).has))
    }

    /// What was registered disabled is ahead of all that were there when it was enabled, wherever it is listed.
    @Test func anEntryThatWasRegisteredDisabledComesFirst() throws {
        func entry(_ name: String, _ inode: UInt64, isEnabled: Bool = true) -> ObservedEntry {
            let text = "\(isEnabled ? "enabled" : "disabled")\ninterpreter /x\nflags: \nextension .x\n"
            return ObservedEntry(
                name: EntryName(observed: name.utf8), registration: RegistrationIdentity(inode: inode),
                status: Result { () throws(EntryStatus.Malformed) in try EntryStatus(parsing: Array(text.utf8)) })
        }
        var staged = StagedEntries()
        var last: ObservedState?
        func order(_ listed: [ObservedEntry], hasStaging: Bool = true) -> String {
            let entries = staged.arrange(listed, after: last, hasStaging: { hasStaging })
            last = ObservedState(isEnabled: true, entries: entries)
            return entries.map(\.name.description).joined()
        }
        #expect(order([entry("c", 3), entry("b", 2, isEnabled: false), entry("a", 1)]) == "cba")
        #expect(order([entry("c", 3), entry("b", 2), entry("a", 1)]) == "bca")
        #expect(order([entry("d", 4), entry("c", 3), entry("b", 2, isEnabled: false), entry("a", 1)]) == "dbca")
        // One that is enabled when it is first seen keeps its place.
        #expect(order([entry("d", 4, isEnabled: false), entry("c", 3), entry("b", 2), entry("a", 1)]) == "dbca")
        #expect(order([entry("d", 4), entry("c", 3), entry("b", 2), entry("a", 1)]) == "dbca")
        #expect(order([entry("d", 4), entry("c", 3), entry("a", 1)]) == "dca")
        // Older kernels have no such entries.
        #expect(order([entry("d", 4), entry("c", 3), entry("e", 5, isEnabled: false)], hasStaging: false) == "dce")
        #expect(order([entry("d", 4), entry("c", 3), entry("e", 5)], hasStaging: false) == "dce")
    }
}
