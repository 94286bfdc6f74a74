# abi-tests/python/loader_hpy_0_9_0.py: what the loader of HPy 0.9.0 on CPython is known not to pass, and why.

from known import Known

KNOWN = [
    Known(
        "a Python subclass of a HPy type is taken for a type that is none: its struct, its call function and "
        "its traversal are missed",
        skipped="""
            gc.TestCycles.test_cycle_through_python gc.TestCycles.test_cycle_with_the_type
            gc.TestDestroy.test_of_derived_types gc.TestDestroy.test_of_python_classes
            gc.TestFinalize.test_python_finalizer gc.TestFinalize.test_resurrected_instance_of_a_python_class
            gc.TestTraverse.test_referents_of_a_python_class
            gc.TestWeakReferences.test_python_class_with_weak_references instances.TestDrop.test_python_subclass
            shapes.TestShapes.test_destroyed
            shapes.TestShapes.test_values shapes.TestVariableSize.test_destroyed
            types.TestInstances.test_new_of_a_python_class
        """,
        fails="""
            buffer.TestBuffer.test_python_class call_function.TestPlaced.test_python_class
            call_function.TestPythonClasses.test_below call_function.TestPythonClasses.test_overridden
            call_function.TestPythonClasses.test_with_other_bases call_function.TestSetCallFunction.test_python_class
            panics.TestPanics.test_python_classes shapes.TestShapes.test_numbers types.TestInstances.test_shape
        """,
    ),
    Known(
        "a type below one with HPy_tp_call has no call function, and its HPy_tp_new calls itself",
        skipped="""
            call_function.TestDerived.test_own_function call_function.TestMetaclass.test_python_metaclass
            call_levels.TestLevels.test_overridden
        """,
        fails="""
            call_function.TestDerived.test_inherited call_function.TestDerived.test_size
            call_function.TestMetaclass.test_class_is_called_through_its_metaclass
            places.TestWordOfACall.test_larger_struct
        """,
    ),
    Known(
        "an instance that HPyType_GenericNew, or the function of a base, has made has no call function",
        skipped="call_levels.TestLevels.test_foreign_base call_levels.TestWithoutStruct.test_function_of_an_object",
        fails="slots.TestObject.test_call",
    ),
    Known(
        "a message lacks an apostrophe",
        fails="call_function.TestSetCallFunction.test_refused",
    ),
    Known(
        "the type of an instance is not visited, so that a cycle through it stays",
        fails="""
            gc.TestCycles.test_cycle_with_a_hpy_type gc.TestCycles.test_type_of_an_instance_in_its_own_field
            gc.TestTraverse.test_referents gc.TestTraverse.test_referents_of_a_derived_type
            slots.TestObject.test_traverse
        """,
    ),
    Known(
        "there is no limit to the recursion of deallocators and of call functions",
        skipped="""
            gc.TestChains.test_long gc.TestChains.test_long_cycle gc.TestChains.test_long_in_a_thread
            gc.TestChains.test_long_of_a_derived_type recursion.TestChains.test_long
            recursion.TestRecursion.test_call_functions recursion.TestRecursion.test_calls
        """,
    ),
    Known(
        "weak references to instances are not told when one goes",
        skipped="""
            gc.TestWeakReferences.test_cleared gc.TestWeakReferences.test_the_fields_are_whole_when_callbacks_run
        """,
    ),
    Known(
        "the functions of builtin bases, and of Python classes among the bases, are not called by those of a type",
        skipped="""
            python_bases.TestPythonClasses.test_weak_references shapes.TestShapes.test_cycles
            shapes.TestShapes.test_items_are_released
        """,
        fails="""
            python_bases.TestPythonClasses.test_attributes_are_released python_bases.TestPythonClasses.test_cycles
            python_bases.TestPythonClasses.test_dictionaries python_bases.TestPythonClasses.test_many_attributes
            python_bases.TestPythonClasses.test_referents python_bases.TestRefused.test_struct_over_a_dictionary
            python_bases.TestRefused.test_struct_over_slots
            python_bases.TestRefused.test_struct_over_the_slots_of_a_class_between
            python_bases.TestSandwich.test_fields_and_slots shapes.TestShapes.test_referents
            shapes.TestType.test_destroyed
        """,
    ),
    Known(
        "HPyType_BuiltinShape_Dict and HPyType_BuiltinShape_Opaque do not exist",
        fails="""
            places.TestOpaque.test_raised places.TestOpaque.test_released places.TestOpaque.test_values
            shapes.TestShapes.test_behaves_as_the_builtin shapes.TestShapes.test_cycles_through_the_field_alone
            shapes.TestShapes.test_without_struct
        """,
    ),
    Known(
        "a struct is put over what the bases keep in an instance, and what only a further base keeps has no place",
        skipped="places.TestFurtherBases.test_cycles places.TestFurtherBases.test_instances",
        fails="""
            places.TestFurtherBases.test_no_room places.TestRefused.test_builtin places.TestRefused.test_legacy
            places.TestRefused.test_other_shape places.TestRefused.test_size_varies
            places.TestRefused.test_smaller_struct places.TestRefused.test_through_a_type_without_a_struct
            places.TestRefused.test_through_classes shapes.TestVariableSize.test_int shapes.TestVariableSize.test_tuple
            shapes.TestVariableSize.test_what_is_refused_leaves_nothing
        """,
    ),
    Known(
        "a type below one that allocates its instances itself, as datetime, gets places and flags that these are made "
        "without",
        skipped="places.TestAllocators.test_datetime",
    ),
    Known(
        "assigning to the name of a type breaks it",
        skipped="types.TestNames.test_changed",
    ),
    Known(
        "sizes and slots are not checked",
        fails="""
            inline_helpers.AddType.test_errors names.TestSlotsAsMethods.test_refused
            types.TestRefused.test_methods_and_slots types.TestRefused.test_negative_sizes
        """,
    ),
    Known(
        "what a failed or finished HPyType_FromSpec was given is not released",
        fails="""
            bases.TestBases.test_parameters_stay_the_callers types.TestRefused.test_nothing_is_left_of_a_refused_type
        """,
    ),
    Known(
        "the metaclass of a base is not used, one with a function of its own for new classes is refused, and one that "
        "fails ends the process",
        skipped="metaclasses.TestOrder.test_fails",
        fails="""
            bases.TestMetaclass.test_conflict bases.TestMetaclass.test_of_the_bases
            metaclasses.TestAbstract.test_abstract_methods metaclasses.TestAbstract.test_classes
            metaclasses.TestAbstract.test_instances metaclasses.TestAbstract.test_new_that_fails
            metaclasses.TestAbstract.test_own_new metaclasses.TestAbstract.test_protocol_itself
            metaclasses.TestOrder.test_called
        """,
    ),
    Known(
        "bases that allow no subclass are accepted on CPython 3.9",
        skipped="bases.TestBases.test_not_acceptable",
    ),
    Known(
        "one of HPy_bf_getbuffer and HPy_bf_releasebuffer alone drops the other",
        fails="buffer.TestBuffer.test_below_with_one_function",
    ),
    Known(
        "HPyMember_OBJECT_EX that is empty reads as None, and is not released",
        fails="members.TestMembers.test_object_ex members.TestMembers.test_object_ex_is_released_with_the_instance",
    ),
    Known(
        "HPyLong_AsUInt32_t reports an overflow for what is no int, and for HPy_NULL",
        fails="""
            long.TestLong.test_index_is_refused_by_the_others long.TestLong.test_no_integer
            nulls.TestNulls.test_deleting_an_attribute_whose_setter_converts nulls.TestNulls.test_what_the_table_says
        """,
    ),
    Known(
        "a HPyGlobal has one value for all interpreters, and releases the old one before it has the new one",
        skipped="globals.TestSubinterpreters.test_all_modules",
        fails="""
            globals.TestGlobals.test_the_new_value_is_in_place_when_the_old_one_goes
            globals.TestSubinterpreters.test_separate_values
            globals.TestSubinterpreters.test_values_go_with_their_interpreter
        """,
    ),
    Known(
        "a module that is alive when the process ends crashes it",
        fails="modules.TestProcess.test_end_of_the_process",
    ),
    Known(
        "HPyContextVar_Get that fails leaves anything as the value",
        skipped="interpreter.TestContextVar.test_no_variable",
    ),
    Known(
        "HPy_NULL is no item, and no tracker",
        skipped="containers.TestBuilders.test_null_item tracker.TestTracker.test_null",
    ),
    Known(
        "`__call__` of each level is the object's own call function, which Python cannot replace, and each type with "
        "HPy_tp_call adds a word for it",
        fails="""
            call_levels.TestLevels.test_function_of_a_base call_levels.TestLevels.test_function_of_an_object
            call_levels.TestLevels.test_set_from_python call_levels.TestWithoutStruct.test_copies
            call_levels.TestWithoutStruct.test_layout places.TestWordOfACall.test_struct_of_the_same_size
        """,
    ),
    Known(
        "a HPyField holds a changed address, so that none can be where CPython writes the dictionary or weak "
        "references",
        skipped="shared_places.TestDictionaryInAField.test_cycles shared_places.TestDictionaryInAField.test_whole",
    ),
    Known(
        "a handle of the debug context is passed where its object is expected",
        only="debug",
        skipped="buffer.TestBuffer.test_python_class",
    ),
    Known(
        "a text lives as long as the handle, and the value of a keyword has none without a tracker",
        only="debug",
        skipped="arg_parse.Dicts.test_untracked",
    ),
    Known(
        "the builders of the debug context lose the MemoryError",
        only="debug",
        skipped="containers.TestBuilders.test_no_memory",
    ),
    Known(
        "the members of a legacy type are not released, and a legacy Py_tp_traverse alone is refused",
        only="hybrid",
        fails="""
            legacy.TestTypes.test_destroyed shared_places.TestLegacyFunctions.test_cycles
            shared_places.TestLegacyFunctions.test_released types.TestLegacy.test_members_are_released
        """,
    ),
]
