// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension KernelRegistry {
    package func perform(_ writes: [KernelWrite]) -> (done: Int, error: Errno?) {
        var done = 0
        do throws(Errno) {
            while done < writes.count {
                let strings = writes[done...].registerStrings
                if strings.count > 1 { done += try register(strings) }
                let names = writes[done...].enabledNames
                if names.count > 1 { done += enable(names) }
                if done == writes.count { break }
                // A single write, so that the kernel's errno is about it.
                try write(writes[done])
                done += 1
            }
            return (done, nil)
        } catch { return (done, error) }
    }

    private static let enabling = [UInt8(ascii: "1")]
    private static let removal = Array("-1".utf8)

    private func write(_ write: KernelWrite) throws(Errno) {
        switch write {
        case .register(let string): try Self.write(string.bytes, to: openedRegister())
        case .unregister(let name): try self.write(Self.removal, toFile: name.bytes)
        case .bind(let name, let interpreter): try self.write(interpreter.binding, toFile: name.bytes)
        case .enable(let name): try self.write(Self.enabling, toFile: name.bytes)
        case .enableRegistry: try self.write(Self.enabling, toFile: Self.statusFile)
        }
    }

    /// The number of parts that one writev(2) takes (`UIO_MAXIOV`).
    private static let maximumParts = 1024

    /// Registers several entries with one call: writev(2) makes one write of each part, until the kernel refuses one. See
    /// docs/performance.md.
    ///
    /// - Returns: the number of entries that were registered.
    private func register(_ strings: [RegisterString]) throws(Errno) -> Int {
        let strings = strings.prefix(Self.maximumParts)
        var text: [UInt8] = []
        text.reserveCapacity(strings.reduce(0) { $0 + $1.bytes.count })
        for string in strings { text += string.bytes }
        let register = try openedRegister()
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

    /// Enables several entries, one right after another: their files are opened before.
    ///
    /// - Returns: the number of entries that were enabled.
    private func enable(_ names: [EntryName]) -> Int {
        // OwnedDescriptor cannot be copied, so that map(_:) does not take it.
        var files: [FileDescriptor] = []
        defer { for file in files { try? file.close() } }
        for name in names {
            guard let file = try? open(name.bytes, O_WRONLY) else { break }
            files.append(file.release())
        }
        var done = 0
        for file in files {
            do { try Self.write(Self.enabling, to: file) } catch { break }
            done += 1
        }
        return done
    }

    private func write(_ bytes: [UInt8], toFile name: [UInt8]) throws(Errno) {
        let file = try open(name, O_WRONLY)
        try Self.write(bytes, to: file.descriptor)
    }

    /// Makes one write(2), because the kernel takes a string only as a whole.
    static func write(_ bytes: [UInt8], to file: FileDescriptor) throws(Errno) {
        let count = try Errno.rethrowing { try bytes.withUnsafeBytes { try file.write($0) } }
        if count != bytes.count { throw .ioError }
    }
}

extension ArraySlice<KernelWrite> {
    /// The names of the leading entries to be enabled.
    fileprivate var enabledNames: [EntryName] { leading { if case .enable(let name) = $0 { name } else { nil } } }

    /// The register strings of the leading registrations.
    fileprivate var registerStrings: [RegisterString] {
        leading { if case .register(let string) = $0 { string } else { nil } }
    }

    /// What is found in the first writes, up to the first without it.
    private func leading<Part>(_ part: (KernelWrite) -> Part?) -> [Part] {
        var parts: [Part] = []
        for write in self {
            guard let part = part(write) else { break }
            parts.append(part)
        }
        return parts
    }
}
