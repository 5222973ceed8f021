// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension FilePath {
    /// A path of these bytes; it ends at the first NUL, as a path in C does.
    package init(bytes: [UInt8]) { self.init(bytes: bytes[...]) }

    /// A path of a part of some bytes.
    package init(bytes: ArraySlice<UInt8>) {
        var platformString: [CInterop.PlatformChar] = []
        platformString.reserveCapacity(bytes.count + 1)
        for byte in bytes { platformString.append(CInterop.PlatformChar(bitPattern: byte)) }
        platformString.append(0)
        self.init(platformString: platformString)
    }
}

extension FilePath {
    /// An absolute path in a file in UTF-8: itself, or its bytes in hexadecimal if they are not UTF-8.
    var key: String { bytes.text ?? bytes.hex }

    init(key: String) {
        let bytes = key.hasPrefix("/") ? nil : [UInt8](hex: Array(key.utf8))
        self.init(bytes: bytes ?? Array(key.utf8))
    }
}

extension FilePath {
    /// The path, safe on a terminal, because any program may have registered it.
    package var printable: String { bytes.printable }

    /// The bytes of the last component. Not its text: two names may be canonically equivalent and still differ.
    package var nameBytes: [UInt8] {
        let bytes = bytes
        return bytes.lastIndex(of: UInt8(ascii: "/")).map { Array(bytes[($0 + 1)...]) } ?? bytes
    }

    /// The path of a file in this directory whose name may not be UTF-8.
    package func appending(name: [UInt8]) -> FilePath { FilePath(bytes: bytes + [UInt8(ascii: "/")] + name) }

    /// The bytes of the path, without the terminating NUL.
    package var bytes: [UInt8] {
        withPlatformString { Array(UnsafeRawBufferPointer(start: $0, count: length)) }
    }
}
