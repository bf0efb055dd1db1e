using System.Runtime.InteropServices;

namespace RfmSpark.DuckDb.Native;

/// <summary>
/// The functions of DuckDB's C API that we call, one to one. https://duckdb.org/docs/stable/clients/c/api
/// A text that comes back as <c>nint</c> belongs to DuckDB and lives as long as what it was asked of; the one of <see cref="OpenExt"/> is ours to free.
/// </summary>
internal static partial class DuckDbApi
{
    private const string Library = "duckdb";

    /// <summary>The release whose C API this binding was written against.</summary>
    internal const string SupportedVersion = "v1.5";

    // https://duckdb.org/docs/stable/clients/c/config and /connect
    [LibraryImport(Library, EntryPoint = "duckdb_create_config")]
    internal static partial int CreateConfig(out ConfigHandle config);

    [LibraryImport(Library, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetConfig(ConfigHandle config, string name, string option);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_config")]
    internal static partial void DestroyConfig(ref nint config);

    [LibraryImport(Library, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OpenExt(string? path, out nint database, ConfigHandle config, out nint error);

    [LibraryImport(Library, EntryPoint = "duckdb_close")]
    internal static partial void Close(ref nint database);

    [LibraryImport(Library, EntryPoint = "duckdb_connect")]
    internal static partial int Connect(DatabaseHandle database, out ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
    internal static partial void Disconnect(ref nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_interrupt")]
    internal static partial void Interrupt(ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_query_progress")]
    internal static partial ProgressStruct QueryProgress(ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_library_version")]
    internal static partial nint LibraryVersion();

    [LibraryImport(Library, EntryPoint = "duckdb_free")]
    internal static partial void Free(nint pointer);

    // https://duckdb.org/docs/stable/clients/c/query
    [LibraryImport(Library, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Query(ConnectionHandle connection, string query, out ResultStruct result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")]
    internal static partial void DestroyResult(ref ResultStruct result);

    [LibraryImport(Library, EntryPoint = "duckdb_result_error")]
    internal static partial nint ResultError(ref ResultStruct result);

    [LibraryImport(Library, EntryPoint = "duckdb_result_error_type")]
    internal static partial int ResultErrorType(ref ResultStruct result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_count")]
    internal static partial ulong ColumnCount(ref ResultStruct result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_logical_type")]
    internal static partial LogicalTypeHandle ColumnLogicalType(ref ResultStruct result, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_fetch_chunk")]
    internal static partial nint FetchChunk(ResultStruct result);

    // https://duckdb.org/docs/stable/clients/c/data_chunk and /vector
    [LibraryImport(Library, EntryPoint = "duckdb_vector_size")]
    internal static partial ulong VectorSize();

    [LibraryImport(Library, EntryPoint = "duckdb_create_data_chunk")]
    internal static partial ChunkHandle CreateDataChunk([In] nint[] types, ulong columns);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_data_chunk")]
    internal static partial void DestroyDataChunk(ref nint chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_reset")]
    internal static partial void DataChunkReset(ChunkHandle chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_size")]
    internal static partial ulong DataChunkGetSize(ChunkHandle chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_set_size")]
    internal static partial void DataChunkSetSize(ChunkHandle chunk, ulong size);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector")]
    internal static partial nint DataChunkGetVector(ChunkHandle chunk, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_data")]
    internal static partial nint VectorGetData(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_validity")]
    internal static partial nint VectorGetValidity(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_ensure_validity_writable")]
    internal static partial void VectorEnsureValidityWritable(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_assign_string_element_len")]
    internal static unsafe partial void VectorAssignString(nint vector, ulong index, byte* text, ulong length);

    [LibraryImport(Library, EntryPoint = "duckdb_list_vector_get_child")]
    internal static partial nint ListVectorGetChild(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_struct_vector_get_child")]
    internal static partial nint StructVectorGetChild(nint vector, ulong index);

    // https://duckdb.org/docs/stable/clients/c/types
    [LibraryImport(Library, EntryPoint = "duckdb_create_logical_type")]
    internal static partial LogicalTypeHandle CreateLogicalType(DuckDbType type);

    [LibraryImport(Library, EntryPoint = "duckdb_create_decimal_type")]
    internal static partial LogicalTypeHandle CreateDecimalType(byte width, byte scale);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_logical_type")]
    internal static partial void DestroyLogicalType(ref nint type);

    [LibraryImport(Library, EntryPoint = "duckdb_get_type_id")]
    internal static partial DuckDbType GetTypeId(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_decimal_width")]
    internal static partial byte DecimalWidth(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_decimal_scale")]
    internal static partial byte DecimalScale(LogicalTypeHandle type);

    // https://duckdb.org/docs/stable/clients/c/appender
    [LibraryImport(Library, EntryPoint = "duckdb_appender_create", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AppenderCreate(ConnectionHandle connection, string? schema, string table, out AppenderHandle appender);

    [LibraryImport(Library, EntryPoint = "duckdb_append_data_chunk")]
    internal static partial int AppendDataChunk(AppenderHandle appender, ChunkHandle chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_close")]
    internal static partial int AppenderClose(AppenderHandle appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_error")]
    internal static partial nint AppenderError(AppenderHandle appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_destroy")]
    internal static partial int AppenderDestroy(ref nint appender);

    /// <summary>A text that DuckDB owns.</summary>
    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    static DuckDbApi() => NativeLibrary.SetDllImportResolver(typeof(DuckDbApi).Assembly, FindLibrary);

    private static nint FindLibrary(string name, System.Reflection.Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Library) return 0;
        var file = OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";
        var beside = Path.Combine(AppContext.BaseDirectory, file);
        if (NativeLibrary.TryLoad(beside, out var handle)) return handle;
        throw new EngineFault($"{beside} is missing or is not for this machine. Build again with npm installed; the build fetches it.");
    }
}
