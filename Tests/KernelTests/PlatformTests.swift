// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// `binfmtctl platforms` where some run.
    @Suite struct PlatformTests {
        private let client: String

        init() throws {
            client = try Fixtures.program("binfmtctl")
            _ = try PrivateRegistry.open()
            let register = try Program.run(client, ["container", "--install", "arm64,s390x"])
            #expect(register.status == 0, "\(register.errors)")
        }

        private func run(_ arguments: String...) throws -> Program {
            try Program.run(client, ["platforms"] + arguments)
        }

        @Test func listsWhatTheProcessorAndTheEntriesRun() throws {
            let document = try JSONValue(parsing: run("--json").output)
            let platforms = try #require(document["platforms"]?.array)
            let names = platforms.compactMap { $0["name"]?.string }
            let native = try NativeProbe().platforms.names
            #expect(Set(names) == Set(native + ["linux/arm64", "linux/s390x"]))
            for platform in platforms {
                #expect(platform["runs"] == .boolean(true) && platform["reason"] == .null)
                let isNative = native.contains(platform["name"]?.string ?? "")
                #expect(platform["native"] == .boolean(isNative))
                #expect(platform["emulator"]?.string?.hasPrefix("QEMU ") == (isNative ? nil : true))
            }
            #expect(document["verdict"] == .string("works"))
        }

        @Test func succeedsOnlyIfEachNamedPlatformRuns() throws {
            let both = try run("arm64", "linux/s390x")
            #expect(both.status == 0 && both.errors == "")
            #expect(both.output.contains(/\n● linux\/s390x +QEMU [0-9.]+ +qemu-s390x\n/), "\(both.output)")
            let one = try run("arm64", "riscv64")
            #expect(one.status == 1)
            #expect(one.output.contains("\nlinux/riscv64: "), "\(one.output)")
        }

        /// Without a registry the processor's own platforms run all the same.
        @Test func nativePlatformsNeedNoRegistry() throws {
            let own = try #require(NativeProbe().platforms.names.first)
            #expect(try run("--registry", "/tmp", own).status == 0)
            let all = try run("--registry", "/tmp")
            #expect(all.status == 1 && all.output.contains("● \(own) ") && all.errors.contains("is not mounted"))
        }
    }
}
