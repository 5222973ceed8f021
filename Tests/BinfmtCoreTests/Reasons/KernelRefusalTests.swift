// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage
import Testing

@Suite struct KernelRefusalTests {
    private static let pattern = try? MagicPattern(magic: [1, 2, 3, 4])

    private static func explain(
        _ error: Errno, flags: EntryFlags = .fixBinary, kernel: KernelVersion? = nil,
        _ obstacle: KernelRefusal.Obstacle? = nil
    ) throws -> KernelRefusal? {
        let entry = Entry(
            name: try EntryName(declaring: "x"), recognition: .magic(try #require(pattern)), interpreter: "/x",
            flags: flags)
        return KernelRefusal.explanation(
            of: error, .register(try RegisterString(entry)), entry, kernel: kernel, obstacle: obstacle)
    }

    @Test func explainsTheErrnoOfTheKernel() throws {
        #expect(try Self.explain(.fileExists) == .nameTaken)
        #expect(try Self.explain(.noSuchFileOrDirectory) == .interpreterGone("/x"))
        #expect(try Self.explain(.textFileBusy) == .interpreterBusy("/x"))
        #expect(try Self.explain(.tooManySymbolicLinkLevels) == .interpreterLinkLoop("/x"))
        #expect(try Self.explain(.permissionDenied, .noexec) == .obstacle(.noexec, "/x"))
        #expect(try Self.explain(.permissionDenied) == .obstacle(nil, "/x"))
        #expect(try Self.explain(.noMemory) == nil)
    }

    @Test func withoutFTheKernelDoesNotOpenTheInterpreter() throws {
        #expect(try Self.explain(.noSuchFileOrDirectory, flags: []) == nil)
        #expect(try Self.explain(.fileExists, flags: []) == .nameTaken)
    }

    @Test func distinguishesAnOldKernelFromANewOne() throws {
        let old = KernelVersion(3, 10)
        #expect(try Self.explain(.invalidArgument, kernel: old) == .fixBinaryUnsupported(old))
        #expect(try Self.explain(.invalidArgument) == .fixBinaryUnsupported(nil))
        #expect(try Self.explain(.invalidArgument, kernel: KernelVersion(4, 8)) == nil)
    }

    @Test func knowsWhatCameWithLinux73() throws {
        let (old, new) = (KernelVersion(6, 18), KernelVersion.transparent)
        let loading: EntryFlags = [.loader, .fixBinary]
        #expect(
            try Self.explain(.invalidArgument, flags: .transparent, kernel: old)
                == .featureUnsupported(.transparent, old))
        #expect(try Self.explain(.invalidArgument, flags: loading, kernel: old) == .featureUnsupported(.loader, old))
        #expect(try Self.explain(.invalidArgument, flags: loading, kernel: new) == nil)
        #expect(try Self.explain(.noSpace, kernel: new) == .tooManyHeld(limit: nil))
        #expect(try Self.explain(.noSpace, flags: [], kernel: new) == nil)
    }

    @Test func distinguishesAHandlerFromItsInterpreters() throws {
        let new = KernelVersion.transparent
        let bound = BPFHandler.Interpreter(name: Array("n".utf8), path: "/n")
        let handler = BPFHandler(name: "h".utf8, interpreters: [bound])
        let entry = Entry(name: try EntryName(declaring: "x"), handler: handler)
        func explain(_ error: Errno, _ write: KernelWrite, _ obstacle: KernelRefusal.Obstacle? = nil) -> KernelRefusal?
        {
            KernelRefusal.explanation(of: error, write, entry, kernel: new, obstacle: obstacle, limit: 5)
        }
        let registering = KernelWrite.register(try RegisterString(entry))
        #expect(explain(.noSuchFileOrDirectory, registering) == .handlerMissing(handler))
        #expect(explain(.invalidArgument, registering) == .featureUnsupported(.handlers, new))
        #expect(explain(.fileExists, registering) == .nameTaken)
        let binding = KernelWrite.bind(entry.name, bound)
        #expect(explain(.noSuchFileOrDirectory, binding) == .interpreterGone("/n"))
        #expect(explain(.permissionDenied, binding, .noexec) == .obstacle(.noexec, "/n"))
        #expect(explain(.noSpace, binding) == .tooManyHeld(limit: 5))
        #expect(explain(.resourceBusy, binding) == nil)
        #expect(explain(.noSuchFileOrDirectory, .enable(entry.name)) == nil)
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
