// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

/// Every sentence that this module has for a reason, beside its code.
@Suite struct WordingTests {
    /// Tests/Fixtures/wording.txt shows an example of each, for people who look for a message or reword one.
    @Test func isAsTheFixtureShows() throws {
        try expectEqual(try Self.text, fixture: "Tests/Fixtures/wording.txt")
    }

    @Test func everyCodeHasAnExample() throws {
        let shown = Set(try Self.examples.flatMap(\.reasons).map(\.code))
        let missing = ReasonCode.allCases.filter { !shown.contains($0) }
        #expect(missing == [])
    }

    private static var text: String {
        get throws {
            var text = ""
            for (title, reasons) in try examples {
                text += (text.isEmpty ? "" : "\n") + title + "\n"
                for reason in reasons { text += "  \(reason.code.rawValue): \(reason)\n" }
            }
            return text
        }
    }

    private static let rival = EntryName(observed: "rival".utf8)
    private static let aarch64 = ELFIdentity(.bits64, .little, machine: 183)

    private static var examples: [(title: String, reasons: [any Reason])] {
        get throws {
            let jar = Recognition.filenameExtension(try FilenameExtension(declaring: "jar"))
            let qemu = try #require(QemuTarget.named("aarch64")).pattern
            var looser = qemu.mask
            looser[8] = 0
            let hazard = Hazard.worldWritable("/opt", mode: 0o777)
            let hazards: [Hazard] = [
                .owned("/opt/emulator", by: 1000), hazard, .groupWritable("/opt", group: 4, mode: 0o775),
                .owned("/home/user", by: 1000), .creatable("/tmp/emulator", in: "/tmp", mode: 0o1777),
                .mountedByUser("/mnt/user", by: 1000),
            ]
            // Reports C4 and C8: a remedy can be carried out where the file is, and in the format of its declaration.
            let withheld: [WithheldReason] = [
                .disabled, .native, .detectorMissing(detector: "/usr/lib/cli-detector"),
                .captures(.nativePrograms(aarch64), interpreter: "/opt/emulator", .table),
                .captures(.scripts, interpreter: "/opt/emulator", .other(EntryName(observed: "a.b".utf8))),
                .unsafeInterpreter(hazard, .table), .unsafeInterpreter(hazard, .other(rival)), .noInterpreter,
                .interpreterMissing(["/opt/emulator"]), .interpreterMissing(["/usr/bin/java -jar"]),
                .interpreterMissing(["/opt/emulator", "/usr/bin/emulator"]),
                .interpreterVanished("/opt/emulator", grace: .seconds(30)),
                .interpreterUnreadable("/opt/emulator", .ioError),
                .notExpressible(.tooLong(2000)), .notExpressible(.noDelimiter), .boundInterpreters,
                .registerStringNotText, .registeredDisabled, .flagsConflict(.loader, .credentials),
                .flagsConflict(.transparent, .preserveArgv0), .unsupported(.transparent, KernelVersion(6, 18)),
                .unsupported(.loader, nil), .unsupported(.handlers, KernelVersion(7, 3)),
                .loadsNativePrograms(aarch64, loader: "/opt/ld.so", .table),
                .yieldedToDeclared(rival, interpreter: "/opt/rival"),
                .yieldedToForeign(rival, interpreter: "/opt/rival", .name),
                .yieldedToForeign(rival, interpreter: nil, .files), .suspended(contest(by: "/opt/rival")),
                .suspended(contest(by: nil)), .suspended(.reported(ReportedReason(contest(by: nil)))),
            ]
            let place = SourceLocation(file: "/etc/binfmtd/binfmtd.toml", line: 3, column: 10)
            let causes: [ChangeCause] = [
                .declared, .removed, .standInServed,
                .differs([
                    .interpreter("/opt/rival", wanted: "/opt/emulator"),
                    .flags([.credentials, .fixBinary], wanted: .fixBinary),
                    .recognition(jar, wanted: .magic(try MagicPattern(magic: Array("MZ".utf8)))),
                ]),
                .differs([
                    .recognition(.magic(qemu), wanted: .magic(try MagicPattern(magic: qemu.magic, mask: looser)))
                ]),
                .differs([.unknownFeatures("flags T")]), .differs([.malformed(.missing("interpreter"))]),
                .stale("/opt/emulator"), .unknownFile, .reregistered, .mustPrecede(rival), .overtaken(rival),
                .disabled, .undeclared, .deselected(.disabled(target: "arm", place)), .deselected(.excepted(place)),
                .deselected(.unlisted(place)), .deselected(.unlisted(nil)), .withheld(.disabled), .flushed, .leftover,
                .released, .foreign,
            ]
            let caveats: [Caveat] = [
                .obstacle(.directory, "/opt"), .obstacle(.notExecutable(mode: 0o644), "/opt/emulator"),
                .matchesInterpreter("/opt/emulator"),
                .magic(.hexadecimal(text: "504b0304", bytes: [0x50, 0x4b, 3, 4]), .table),
                .magic(.hexadecimal(text: "50 4b 03 04", bytes: [0x50, 0x4b, 3, 4]), .other(rival)),
                .magic(.escape("\\n"), .table), .magic(.doubledBackslash(#"\\x7f"#), .table),
                .interpreterWithArguments("/usr/bin/java -jar"), .interpreterScript("/opt/wrapper", runBy: "/bin/sh"),
                .interpreterAbsent("/opt/emulator"), .interpreterDynamic("/opt/emulator"),
                .interpreterNeedsArgv0("/usr/libexec/qemu-binfmt/arm-binfmt-P"),
                .interpreterDynamic("/usr/bin/qemu-arm"), .candidateUnsafe(hazard),
            ]
            let holds: [EntryReason.Hold] = [.brokenFile, .missingFile, .disturbance]
            let others: [EntryReason] = [
                .masked(by: "/etc/binfmt.d/qemu.conf"), .shadowed(by: rival), .unknownFeatures("flags T"),
                .caveats(.interpreterAbsent("/opt/emulator"), [.magic(.escape("\\n"), .table)]),
                .besideForeign(.disabled, rival, interpreter: "/opt/rival"),
            ]
            return [
                ("A path is unsafe", hazards), ("An entry is not registered", withheld),
                ("An entry is changed", causes), ("An entry may do less than it seems to", caveats),
                ("An entry stays that nothing declares", holds), ("An entry is as it is", others),
                ("A write failed", try failures()),
            ]
        }
    }

    private static func contest(by rival: FilePath?) -> SuspensionReason {
        .contested(times: RepairBudget.limit, window: RepairBudget.window, rival: rival, delay: .seconds(10))
    }

    private static func failures() throws -> [FailureReason] {
        let path: FilePath = "/opt/emulator"
        let entry = Entry(
            name: EntryName(observed: "a".utf8),
            recognition: .filenameExtension(try FilenameExtension(declaring: "a")), interpreter: path, flags: [])
        let string = try RegisterString(entry)
        let bound = BPFHandler.Interpreter(name: Array("aarch64".utf8), path: path)
        let refusals: [(Errno, KernelRefusal?)] = [
            (.noSpace, nil), (.fileExists, .nameTaken), (.noSuchFileOrDirectory, .interpreterGone(path)),
            (.permissionDenied, .obstacle(.directory, path)), (.permissionDenied, .obstacle(.notAFile, path)),
            (.permissionDenied, .obstacle(.notExecutable(mode: 0o644), path)),
            (.permissionDenied, .obstacle(.noexec, path)),
            (.permissionDenied, .obstacle(.labelled("user_home_t"), path)),
            (.permissionDenied, .obstacle(nil, path)), (.textFileBusy, .interpreterBusy(path)),
            (.tooManySymbolicLinkLevels, .interpreterLinkLoop(path)),
            (.invalidArgument, .fixBinaryUnsupported(KernelVersion(3, 10))),
            (.invalidArgument, .fixBinaryUnsupported(nil)),
            (.invalidArgument, .featureUnsupported(.loader, KernelVersion(6, 18))),
            (.noSuchFileOrDirectory, .handlerMissing(BPFHandler(name: "handler".utf8))),
            (.noSpace, .tooManyHeld(limit: 1796)), (.noSpace, .tooManyHeld(limit: nil)),
        ]
        return refusals.map { .write(WriteFailure(.register(string), $0, $1)) }
            + [
                .write(WriteFailure(.unregister(entry.name), .ioError)),
                .write(WriteFailure(.enable(entry.name), .ioError)),
                .write(WriteFailure(.bind(entry.name, bound), .noSuchFileOrDirectory, .interpreterGone(path))),
                .write(WriteFailure(.enableRegistry, .readOnlyFileSystem, .registryReadOnly)),
                .reported(ReportedReason(code: .writeFailed, "what the daemon's status file says")),
            ]
    }
}
