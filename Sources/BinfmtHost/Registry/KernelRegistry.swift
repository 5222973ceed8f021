// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// A mounted instance of binfmt_misc. Its directory is held open: since Linux 6.7, and with Debian's 6.1, the last
/// unmount of an instance drops all its entries.
package final class KernelRegistry: Registry {
    package static let standardPath: FilePath = "/proc/sys/fs/binfmt_misc"

    package let path: FilePath
    private let directory: FileDescriptor
    /// Open from its first use on, so that an entry costs one system call. Not before: whoever watches the registry hears of
    /// it when a file that was open for writing is closed.
    private var register: FileDescriptor?
    /// What was read of it while somebody watches it.
    private var known: Known?

    private struct Known {
        var state: ObservedState?
        /// What somebody has written to since.
        var stale: Set<EntryName> = []
    }

    /// - Parameter path: where it is mounted; opening it triggers an automount.
    package init(at path: FilePath) throws(RegistryUnavailable) {
        self.path = path
        do {
            directory = try Errno.rethrowing {
                try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
            }
        } catch {
            throw error == .noSuchFileOrDirectory ? .noModule(path) : .failed(path, error)
        }
        var information = statfs()
        let failure = fstatfs(directory.rawValue, &information) == 0 ? nil : Errno.last
        guard failure == nil, information.f_type == BINFMTFS_MAGIC else {
            try? directory.close()
            throw failure.map { .failed(path, $0) } ?? .notMounted(path)
        }
    }

    deinit {
        try? register?.close()
        try? directory.close()
    }

    /// Mounts an instance; the mount outlives this process.
    package static func mount(at path: FilePath) throws(RegistryUnavailable) {
        guard Glibc.mount("binfmt_misc", path.string, "binfmt_misc", 0, nil) != 0 else { return }
        let error = Errno.last
        // EBUSY: it is mounted there already.
        if error != .resourceBusy { throw error == .noSuchFileOrDirectory ? .noModule(path) : .failed(path, error) }
    }

    /// Takes the lock that only one program at a time may have that changes the table: one an instance, seen through
    /// all its mounts, given back when this object goes.
    ///
    /// - Returns: false while another has it.
    /// - Throws: why it cannot be asked for, such as EACCES for anyone but root.
    package func lock() throws(Errno) -> Bool {
        let register = try openedRegister()
        if flock(register.rawValue, LOCK_EX | LOCK_NB) == 0 { return true }
        let error = Errno.last
        if error == .wouldBlock { return false }
        throw error
    }

    package func perform(_ write: KernelWrite) throws(Errno) {
        switch write {
        case .register(let string):
            try Self.write(string.bytes, to: openedRegister())
        case .unregister(let name): try self.write("-1", toFile: name.bytes)
        case .enable(let name): try self.write("1", toFile: name.bytes)
        case .enableRegistry: try self.write("1", toFile: Self.status)
        }
    }

    /// How many one call can register (`UIO_MAXIOV`).
    package static let entriesAtOnce = 1024

    /// A writev(2) makes a write of each part: so an entry costs neither a system call nor whoever watches a look. (With
    /// 10,000 entries that was a fifth of the time of their registration.)
    package func register(_ strings: [RegisterString]) -> Int {
        guard !strings.isEmpty, let register = try? openedRegister() else { return 0 }
        var text: [UInt8] = []
        text.reserveCapacity(strings.reduce(0) { $0 + $1.bytes.count })
        for string in strings { text += string.bytes }
        let written = text.withUnsafeMutableBytes { text in
            var rest = text.baseAddress
            let parts = strings.map { string in
                defer { rest = rest.map { $0 + string.bytes.count } }
                return iovec(iov_base: rest, iov_len: string.bytes.count)
            }
            return writev(register.rawValue, parts, Int32(parts.count))
        }
        var end = 0
        return strings.prefix { string in
            end += string.bytes.count
            return end <= written
        }.count
    }

    private func openedRegister() throws(Errno) -> FileDescriptor {
        if let register { return register }
        let opened = try open(Self.registerFile, O_WRONLY)
        register = opened
        return opened
    }

    private func write(_ text: String, toFile name: [UInt8]) throws(Errno) {
        defer { forget(name) }
        let file = try open(name, O_WRONLY)
        defer { try? file.close() }
        try Self.write(Array(text.utf8), to: file)
    }

    /// One entry is one write(2): the kernel takes no part of a string.
    private static func write(_ bytes: [UInt8], to file: FileDescriptor) throws(Errno) {
        let count = try Errno.rethrowing { try bytes.withUnsafeBytes { try file.write($0) } }
        if count != bytes.count { throw .ioError }
    }

    private func open(_ name: [UInt8], _ flags: Int32) throws(Errno) -> FileDescriptor {
        let descriptor = withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.count + 1) { text in
            for (index, byte) in name.enumerated() { text[index] = CChar(bitPattern: byte) }
            text[name.count] = 0
            return text.baseAddress.map { openat(directory.rawValue, $0, flags | O_CLOEXEC) } ?? -1
        }
        if descriptor < 0 { throw .last }
        return FileDescriptor(rawValue: descriptor)
    }
}

// MARK: - Observing

extension KernelRegistry {
    /// Keeps what it reads from now on until ``forget(_:)``, which whoever watches the registry has to call after each
    /// write that was not made through this object.
    package func remember() { if known == nil { known = Known() } }

    /// Reads anew what somebody has written to.
    ///
    /// - Parameter file: the name of a file in the registry; nil for all.
    package func forget(_ file: [UInt8]?) {
        guard let file, file != Self.status else {
            if known != nil { known = Known() }
            return
        }
        known?.stale.insert(EntryName(observed: file))
    }

    package func observe() throws(RegistryUnavailable) -> ObservedState {
        do {
            let isEnabled = if let known = known?.state { known.isEnabled } else { try readStatus() }
            // readdir(3) of the mount lists the newest first, which is the matching order (Linux 6.1, 6.12, 6.18).
            let items = try Files.items(in: directory)
            var entries: [ObservedEntry] = []
            var paths = RecentPath()
            var text = [UInt8](repeating: 0, count: 4096)
            entries.reserveCapacity(items.count)
            for (file, inode) in items where file != Self.status && file != Self.registerFile {
                let name = EntryName(observed: file)
                if let entry = known?.state?[name], entry.registration.inode == inode,
                    known?.stale.contains(name) == false
                {
                    entries.append(entry)
                } else if let entry = try observe(name, inode, &paths, &text) {
                    entries.append(entry)
                }
            }
            let observed = ObservedState(isEnabled: isEnabled, entries: entries)
            if known != nil { known = Known(state: observed) }
            return observed
        } catch {
            throw .failed(path, error)
        }
    }

    /// Since when an entry is there, or was last opened by a shell's `>`; nil if it went away.
    ///
    /// - Parameter path: where the registry is mounted.
    package static func since(_ name: EntryName, at path: FilePath) -> FileTime? {
        InterpreterFiles.identity(of: path.appending(name: name.bytes))?.modified
    }

    private static let registerFile = Array("register".utf8)
    private static let status = Array("status".utf8)

    private func readStatus() throws(Errno) -> Bool {
        let file = try open(Self.status, O_RDONLY)
        defer { try? file.close() }
        return try Files.read(file, limit: 1).starts(with: "enabled".utf8)
    }

    /// - Parameters:
    ///   - inode: as it was listed; to ask each file for it was a twentieth of a start with thousands of entries. Of one
    ///     that was registered anew since then, whoever watches hears, and finds another inode.
    ///   - text: room for what its file says.
    /// - Returns: nil for an entry that went away since it was listed.
    private func observe(
        _ name: EntryName, _ inode: UInt64, _ paths: inout RecentPath, _ text: inout [UInt8]
    ) throws(Errno) -> ObservedEntry? {
        let file: FileDescriptor
        do { file = try open(name.bytes, O_RDONLY) } catch .noSuchFileOrDirectory { return nil }
        defer { try? file.close() }
        // The kernel makes the whole text at the first read, of a page at most.
        let count = try Errno.rethrowing { try text.withUnsafeMutableBytes { try file.read(into: $0) } }
        return ObservedEntry(
            name: name, registration: RegistrationIdentity(inode: inode),
            status: Result { () throws(EntryStatus.Malformed) in try EntryStatus(parsing: text[..<count], &paths) })
    }
}

extension FileTime {
    init(_ time: timespec) { self.init(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec)) }
}

extension FileIdentity {
    init(_ information: stat) {
        self.init(
            device: UInt64(information.st_dev), inode: UInt64(information.st_ino), size: Int64(information.st_size),
            modified: FileTime(information.st_mtim))
    }
}
