// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage
import Testing

@Suite struct RefusalTests {
    private static let pattern = try? MagicPattern(magic: [1, 2, 3, 4])

    private static func explain(
        _ error: Errno, flags: EntryFlags = .fixBinary, kernel: KernelVersion? = nil,
        _ obstacle: KernelRefusal.Obstacle? = nil
    ) throws -> String? {
        let entry = Entry(
            name: try EntryName(declaring: "x"), recognition: .magic(try #require(pattern)), interpreter: "/x",
            flags: flags)
        return KernelRefusal.explanation(of: error, entry, kernel: kernel, obstacle: obstacle)
    }

    @Test func saysWhatTheKernelMeans() throws {
        #expect(try Self.explain(.fileExists) == "another program registered the name at the same moment")
        #expect(try Self.explain(.noSuchFileOrDirectory) == "/x went away")
        #expect(try Self.explain(.textFileBusy) == "/x is being written")
        #expect(try Self.explain(.permissionDenied, .noexec) == "/x is on a mount with the option noexec")
        #expect(
            try Self.explain(.permissionDenied, .labelled("user_home_t"))
                == "SELinux may forbid it: /x has the label user_home_t; restorecon -v /x")
        #expect(try Self.explain(.permissionDenied, .notExecutable(mode: 0o640))?.contains("(0640)") == true)
        #expect(try Self.explain(.noMemory) == nil)
        // Without F the kernel does not look at the file.
        #expect(try Self.explain(.noSuchFileOrDirectory, flags: []) == nil)
    }

    @Test func tellsAnOldKernelFromANewOne() throws {
        #expect(
            try Self.explain(.invalidArgument, kernel: KernelVersion(3, 10))
                == "this kernel (3.10) has no fix-binary, which came with 4.8; without it (fix-binary = false) the "
                + "emulator must be inside each container")
        #expect(try Self.explain(.invalidArgument, kernel: KernelVersion(4, 8)) == nil)
    }

    @Test(arguments: [
        ("6.1.0-49-amd64", KernelVersion(6, 1)), ("4.19-rc3", KernelVersion(4, 19)),
        ("3.10.0-1160.el7", KernelVersion(3, 10)),
        ("5.15.167.4-microsoft-standard-WSL2", KernelVersion(5, 15)), ("6", nil), ("", nil), ("x.y", nil),
    ])
    func aReleaseHasAVersion(release: String, version: KernelVersion?) {
        #expect(KernelVersion(release: release) == version)
    }
}
